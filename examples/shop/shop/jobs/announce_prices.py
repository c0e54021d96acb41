"""`python -m shop.jobs.announce_prices prices.csv`: announce new prices, one `sku,was,now` a line, from a nightly job."""

import csv
import sys

from shop.notifications.price_alert import PricePayload, price_alert
from shop.services import audience
from shop.store import store


def main(path: str) -> None:
    with open(path, newline="", encoding="utf-8") as file:
        for sku, was, now in csv.reader(file):
            payload = PricePayload(sku=sku, name=store.products[sku].name, was=int(was), now=int(now))
            result = price_alert.trigger(audience.followers(sku), payload)
            print(f"{sku}: {result.status}")


if __name__ == "__main__":
    main(sys.argv[1])

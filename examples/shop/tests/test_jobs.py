"""A job runs in a process of its own, so its Novu is a server: `novu_cloud_server`."""

import os
import subprocess
import sys

from shop.services import audience


def test_the_nightly_job_announces_lower_prices(novu_cloud_server, ann, tmp_path):
    novu_cloud_server.subscriber(audience.subscriber(ann))
    novu_cloud_server.topic("price:fern").add("ann")
    (tmp_path / "prices.csv").write_text("fern,1850,1500\n")

    done = subprocess.run(
        [sys.executable, "-m", "shop.jobs.announce_prices", str(tmp_path / "prices.csv")],
        env={**os.environ, "NOVU_API_URL": novu_cloud_server.url},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "fern: processed\n"
    assert [message.body for message in novu_cloud_server.messages] == [
        "Now €15.00 instead of €18.50.",
        "Boston fern: €15.00 instead of €18.50",
    ]

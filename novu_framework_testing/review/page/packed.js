// Reads the data of an offline document, which is in it compressed.
"use strict";

const Packed = {
  async read() {
    const letters = atob(document.getElementById("packed").textContent);
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  },
};

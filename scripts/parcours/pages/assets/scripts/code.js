/* QR codes (ISO/IEC 18004) of addresses that only the browser knows: what draws them is fetched then. */
const encoder = new URL("qr/lean-qr.js", document.currentScript.src).href;
const drawing = (name, attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

/** The QR code of a text as a drawing, dark on light whatever the page's colours, with its margin. */
const drawnCode = async (text) => {
  const { generate } = await import(encoder);
  const code = generate(text);
  let dark = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) dark += `M${x + 4} ${y + 4}h1v1h-1z`;
    }
  }
  const side = code.size + 8;
  const image = drawing("svg", { viewBox: `0 0 ${side} ${side}`, "shape-rendering": "crispEdges" });
  image.append(drawing("rect", { width: side, height: side, fill: "#fff" }), drawing("path", { d: dark, fill: "#000" }));
  return image;
};

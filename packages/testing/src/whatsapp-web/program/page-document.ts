/** The page itself. What it shows is put into its templates by `pageScript`. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Phones · fake-whatsapp</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<script type="module" src="page.js"></script>
</head>
<body>
<header>
<h1>Phones</h1>
<p>WhatsApp Web for bots is at <code id="url">…</code></p>
<form data-action="add" class="row">
<label>Number <input name="number" inputmode="numeric" pattern="[0-9]{5,15}" title="5 to 15 digits" required placeholder="15550003333" size="16"></label>
<label>Name <input name="name" placeholder="Bob" size="12"></label>
<button>Add a phone</button>
</form>
</header>
<p id="notice" role="status" aria-live="polite"></p>
<main id="phones"></main>
<section id="trouble" hidden aria-labelledby="trouble-title">
<h2 id="trouble-title">What bots did that WhatsApp Web does not know</h2>
<div id="complaints"></div>
</section>
<template id="phone">
<article>
<header>
<h2></h2>
<p class="number"></p>
<p class="restriction" hidden></p>
</header>
<ul class="clients" aria-label="Linked devices"></ul>
<details class="link" open>
<summary>Link a device</summary>
<form data-action="scan">
<label>Text of the QR code <textarea name="qr" rows="2" spellcheck="false" autocomplete="off" placeholder="https://wa.me/settings/linked_devices#2@…"></textarea></label>
<div class="row"><button>Scan</button><button name="newest" value="yes" class="newest" disabled>Scan the newest one shown</button></div>
</form>
<form data-action="type" class="row">
<label>Pairing code <input name="code" required maxlength="9" size="10" spellcheck="false" autocomplete="off" placeholder="ABCD-1234"></label>
<button>Type it</button>
</form>
</details>
<ol class="messages" aria-label="Messages" tabindex="0"></ol>
<p class="empty">No messages yet.</p>
<form data-action="send" class="composer">
<label>To <input name="to" required list="numbers" inputmode="numeric" autocomplete="off" size="16"></label>
<label class="wide">Message <input name="text" required autocomplete="off"></label>
<button class="primary">Send</button>
</form>
<footer class="row">
<form data-action="read"><button>Read all</button></form>
<form data-action="unlink"><button>Unlink all</button></form>
<form data-action="restrict" class="row">
<label>Account <select name="code"><option value="403">locked (403)</option><option value="402">banned for a time (402)</option><option value="406">banned (406)</option></select></label>
<button class="danger">Ban</button>
</form>
<form data-action="restrict" class="lift" hidden><button>Lift the ban</button></form>
</footer>
</article>
</template>
<datalist id="numbers"></datalist>
</body>
</html>
`;

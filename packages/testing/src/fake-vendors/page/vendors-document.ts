/** The page itself. What it shows is put into its lists and templates by the script. */
export const VENDORS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fake vendors</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<script type="module" src="page.js"></script>
</head>
<body>
<header>
<h1>Fake vendors</h1>
<ul id="vendors" aria-label="Where the vendors listen"></ul>
</header>
<p id="notice" role="status" aria-live="polite"></p>
<main>
<section aria-labelledby="people-title">
<h2 id="people-title">People who write</h2>
<div id="people"></div>
<form data-action="person" class="row">
<label>Number <input name="phone" inputmode="tel" required placeholder="+15550007777" size="16" autocomplete="off"></label>
<label>Name <input name="name" required placeholder="Bob" size="10" autocomplete="off"></label>
<button>Add a person</button>
</form>
</section>
<section id="phone" aria-labelledby="phone-title" hidden>
<h2 id="phone-title">The business' phone on WhatsApp Web</h2>
<p><span id="phone-number"></span> · <a id="phones" target="_blank" rel="noopener">the page with all phones</a></p>
<ul id="clients" aria-label="Linked devices"></ul>
<form data-action="type" class="row">
<label>Pairing code <input name="code" required maxlength="9" size="10" spellcheck="false" autocomplete="off" placeholder="ABCD-1234"></label>
<button>Type it</button>
</form>
<form data-action="scan" class="row">
<label class="wide">Text of the QR code <input name="qr" required spellcheck="false" autocomplete="off" placeholder="https://wa.me/settings/linked_devices#2@…"></label>
<button>Scan</button>
</form>
<form data-action="unlink"><button>Unlink all</button></form>
<div id="complaints"></div>
</section>
<section aria-labelledby="sent-title">
<h2 id="sent-title">What was sent</h2>
<p class="empty">Nothing yet.</p>
<div class="wide-table"><table><thead><tr><th>Vendor</th><th>To</th><th>What</th><th>Status</th><th>By hand</th></tr></thead><tbody id="sent"></tbody></table></div>
</section>
<section aria-labelledby="webhooks-title">
<h2 id="webhooks-title">Webhooks, with their answers</h2>
<p>They go to <code id="webhooks"></code>. <span id="trouble"></span></p>
<div class="row">
<form data-action="verify"><button>Verify it at Meta</button></form>
<form data-action="subscribe"><button>Subscribe the app to the account</button></form>
</div>
<p class="empty">None yet.</p>
<div class="wide-table"><table><thead><tr><th>Vendor</th><th>What</th><th>Address</th><th>Attempt</th><th>Answer</th></tr></thead><tbody id="deliveries"></tbody></table></div>
</section>
<section aria-labelledby="faults-title" class="all">
<h2 id="faults-title">Faults</h2>
<p>A fault strikes the next call, message or webhook that it fits, or each until you end it.</p>
<label class="check"><input type="checkbox" id="lasting"> until I end it</label>
<div id="faults"></div>
</section>
</main>
<template id="person">
<article>
<h3></h3>
<form data-action="write" class="row">
<label>By <select name="vendor"></select></label>
<label class="wide">Message <input name="text" required autocomplete="off"></label>
<button class="primary">Send</button>
</form>
<label class="check"><input type="checkbox" class="by-hand"> what comes by Meta or Twilio is delivered and read by hand</label>
</article>
</template>
</body>
</html>
`;

// Passkeys (Web Authentication): on the page to sign in and under "My account". Where the browser has none, the buttons stay hidden.

const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const bytes = (t) => Uint8Array.from(atob(t.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

async function send(box, path, body) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": box.dataset.csrf }, body: JSON.stringify(body), credentials: "same-origin",
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.errors?.[0]?.message || said.detail);
  return said;
}

async function add(box) {
  const o = await send(box, "/api/v1/me/passkeys/options", {});
  const made = await navigator.credentials.create({ publicKey: {
    challenge: bytes(o.challenge), rp: { id: o.host, name: "Karmayogi" },
    user: { id: new TextEncoder().encode(o.user_id), name: o.user_name, displayName: o.user_name },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }], attestation: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: o.known.map((id) => ({ type: "public-key", id: bytes(id) })),
  } });
  await send(box, "/api/v1/me/passkeys", {
    credential_id: text(made.rawId), client_data: text(made.response.clientDataJSON), authenticator_data: text(made.response.getAuthenticatorData()),
  });
  location.reload();
}

async function enter(box) {
  const o = await send(box, "/api/v1/session/passkey/options", {});
  const shown = await navigator.credentials.get({ publicKey: { challenge: bytes(o.challenge), rpId: o.host, userVerification: "required" } });
  const { to } = await send(box, "/api/v1/session/passkey", {
    credential_id: text(shown.rawId), client_data: text(shown.response.clientDataJSON), authenticator_data: text(shown.response.authenticatorData),
    signature: text(shown.response.signature), to: box.dataset.to,
  });
  location.assign(to);
}

for (const box of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential || !AuthenticatorAttestationResponse.prototype.getAuthenticatorData) continue;
  const button = box.querySelector("button"), wrong = box.querySelector(".error");
  box.hidden = false;
  button.addEventListener("click", async () => {
    wrong.hidden = true;
    button.disabled = true;
    try {
      await (box.dataset.passkey === "add" ? add : enter)(box);
    } catch (e) {
      // Whoever closes the browser's own window has changed their mind: nothing to say.
      wrong.textContent = e instanceof DOMException ? box.dataset.tFailed : e.message;
      wrong.hidden = e.name === "NotAllowedError" || e.name === "AbortError";
    }
    button.disabled = false;
  });
}

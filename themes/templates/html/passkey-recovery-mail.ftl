<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("passkey-recovery-mail-request", realmName)}</p>
<p><a href="${link}">${msg("passkey-register-title")}</a></p>
<p>${msg("passkey-recovery-mail-expiry", linkExpiration)}</p>
<p>${msg("passkey-recovery-mail-ignore")}</p>
</@layout.emailLayout>

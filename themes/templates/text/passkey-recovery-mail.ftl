<#ftl output_format="plainText">
${msg("passkey-recovery-mail-request", realmName)}

${link}

${msg("passkey-recovery-mail-expiry", linkExpiration)}

${msg("passkey-recovery-mail-ignore")}

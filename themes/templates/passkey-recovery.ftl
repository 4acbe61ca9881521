<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- Asks a user who lost their passkeys who they are. Says the same whether or not there is such a user. -->
<@commons.titled text=msg("passkey-recovery-title")/>
<@layout.registrationLayout displayMessage=false; section>
  <#if section == "header">
    <@commons.say text=msg("passkey-recovery-title")/>
  <#elseif section == "form">
    <@commons.content>
      <form id="kc-reset-password-form" class="${commons.formCss()}" method="post" action="${url.loginAction}" novalidate data-submit-once>
        <p class="passkey-text"<@commons.language of=msg("passkey-recovery-explanation")/>>${msg("passkey-recovery-explanation")}</p>
        <@commons.usernameField autocomplete="username" value=suggestedName/>
        <@commons.actions>
          <@commons.button id="passkey-recovery-send" label=msg("passkey-by-email")/>
        </@commons.actions>
        <p class="passkey-way-out"><a href="${url.loginUrl}"<@commons.language of=msg("backToLogin")/>>${msg("backToLogin")}</a></p>
      </form>
      <@commons.script "passkey-submit-once"/>
    </@commons.content>
  </#if>
</@layout.registrationLayout>

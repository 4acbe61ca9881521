<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- Asks a user who lost their passkeys who they are. Says the same whether or not there is such a user. -->
<#assign failed = messagesPerField.existsError("username")>
<#assign error = failed?then(messagesPerField.getFirstError("username"), "")>
<@layout.registrationLayout displayMessage=!failed; section>
  <#if section == "header">
    ${msg("passkey-recovery-title")}
  <#elseif section == "form">
    <@commons.styles/>
    <form id="kc-reset-password-form" class="${commons.formCss()}" method="post" action="${url.loginAction}" novalidate data-submit-once>
      <p class="passkey-text">${msg("passkey-recovery-explanation")}</p>
      <@commons.field name="username" label=commons.usernameLabel() error=error>
        <@commons.input name="username" value=suggestedName autocomplete="username" invalid=failed autofocus=true dir="ltr"/>
      </@commons.field>
      <@commons.actions>
        <@commons.button id="passkey-recovery-send" label=msg("passkey-by-email")/>
      </@commons.actions>
      <p class="passkey-way-out"><a href="${url.loginUrl}">${msg("backToLogin")}</a></p>
    </form>
    <@commons.script "passkey-submit-once"/>
  </#if>
</@layout.registrationLayout>

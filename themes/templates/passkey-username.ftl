<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- Keycloak's form for the user name alone, and a passkey beside it. Without the attribute `passkey` it is the form alone. -->
<#assign registrationOffered = realm.password && realm.registrationAllowed && !registrationDisabled??>
<@commons.titled text=msg(realm.password?then("passkey-username-title", "passkey-sign-in"))/>
<@layout.registrationLayout displayMessage=false displayInfo=registrationOffered; section>
  <#if section == "header">
    <@commons.say text=msg("loginAccountTitle")/>
  <#elseif section == "form">
    <@commons.content>
      <#if realm.password>
        <@loginForm/>
      </#if>
      <#if passkey??>
        <@commons.besideLoginForm/>
      </#if>
    </@commons.content>
  <#elseif section == "info">
    <#if registrationOffered>
      <@commons.registrationLink/>
    </#if>
  <#elseif section == "socialProviders">
    <#if realm.password && (social.providers)?has_content>
      <@commons.identityProviders/>
    </#if>
  </#if>
</@layout.registrationLayout>

<#macro loginForm>
  <form id="kc-form-login" class="${commons.formCss()}" method="post" action="${url.loginAction}" novalidate data-submit-once>
    <#if !usernameHidden??>
      <@commons.usernameField autocomplete=(passkey??)?then("username webauthn", "username")/>
      <#if realm.rememberMe>
        <div class="${commons.css("kcFormGroupClass")}"><@commons.rememberMe/></div>
      </#if>
    </#if>
    <@commons.actions>
      <@commons.button id="kc-login" label=msg("doLogIn") name="login"/>
    </@commons.actions>
  </form>
  <@commons.script "passkey-submit-once"/>
</#macro>

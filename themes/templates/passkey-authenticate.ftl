<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- Signs in with a passkey: whoever holds one, or, once a user is known, that user. Without the attribute `passkey`
     it is for somebody who has none. -->
<#assign userKnown = auth.showUsername()>
<#assign fieldOffered = !userKnown && (passkey.usernameField)!false>
<#assign registrationOffered = !userKnown && realm.registrationAllowed && !registrationDisabled??>
<#assign pageTitle = (passkey??)?then(userKnown?then("passkey-confirm-title", "passkey-sign-in"), "passkey-none-title")>
<@commons.titled text=msg(pageTitle)/>
<@layout.registrationLayout displayMessage=false displayInfo=registrationOffered; section>
  <#if section == "header">
    <@commons.say text=msg("loginAccountTitle")/>
  <#elseif section == "form">
    <@commons.content>
      <#if passkey??>
        <@ceremony/>
      <#else>
        <#if !(message?has_content && message.type == "error")>
          <p class="passkey-text"<@commons.language of=msg("passkey-none-other-way")/>>${msg("passkey-none-other-way")}</p>
        </#if>
        <@commons.lostPasskeyLink label=msg("passkey-by-email")/>
      </#if>
    </@commons.content>
  <#elseif section == "info">
    <#if registrationOffered>
      <@commons.registrationLink/>
    </#if>
  <#elseif section == "socialProviders">
    <#if identityProvidersOffered && (social.providers)?has_content>
      <@commons.identityProviders/>
    </#if>
  </#if>
</@layout.registrationLayout>

<#macro ceremony>
  <#assign unsupported = auth.showTryAnotherWayLink()?then("passkey-unsupported-other-way", "passkey-error-unsupported")>
  <@commons.ceremonyForm ceremony="authentication" unsupported=msg(unsupported)>
    <p class="passkey-text"<@commons.language of=msg("passkey-authenticate-explanation")/>>${msg("passkey-authenticate-explanation")}</p>
    <#-- It asks for no name, and what is typed there is not used. -->
    <#if fieldOffered>
      <@commons.usernameField autocomplete="username webauthn" label=msg("passkey-authenticate-field") value="" help=msg("passkey-authenticate-field-help")/>
    </#if>
    <#if realm.rememberMe && !userKnown>
      <@commons.rememberMe/>
    </#if>
    <@commons.message/>
    <@commons.actions>
      <@commons.startButton label=msg("passkey-sign-in") focusAfterAlert=!fieldOffered/>
    </@commons.actions>
    <@commons.lostPasskeyLink/>
  </@commons.ceremonyForm>
</#macro>

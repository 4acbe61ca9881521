<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- Says why there can be no passkey, or none more. -->
<@commons.titled text=msg("passkey-full-title")/>
<@layout.registrationLayout displayMessage=false; section>
  <#if section == "header">
    <@commons.say text=msg("passkey-full-title")/>
  <#elseif section == "form">
    <@commons.content>
      <form id="passkey-full" class="${commons.formCss()}" method="post" action="${url.loginAction}">
        <#if laterOffered>
          <@commons.actions>
            <@commons.laterButton focusAfterAlert=true/>
          </@commons.actions>
        <#elseif isAppInitiatedAction??>
          <@commons.actions>
            <@commons.button id="passkey-cancel" label=msg("passkey-full-back") focusAfterAlert=true name="cancel-aia" value="true"/>
          </@commons.actions>
        <#else>
          <p class="passkey-way-out"><a href="${url.loginRestartFlowUrl}"<@commons.language of=msg("passkey-register-other-account")/>>${msg("passkey-register-other-account")}</a></p>
        </#if>
      </form>
    </@commons.content>
  </#if>
</@layout.registrationLayout>

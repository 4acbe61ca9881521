<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- Says why there can be no passkey, or none more. -->
<@layout.registrationLayout; section>
  <#if section == "header">
    ${msg("passkey-register-title")}
  <#elseif section == "form">
    <@commons.styles/>
    <form id="passkey-full" class="${commons.formCss()}" method="post" action="${url.loginAction}">
      <#if laterOffered>
        <@commons.actions>
          <@commons.laterButton/>
        </@commons.actions>
      <#elseif isAppInitiatedAction??>
        <@commons.actions>
          <@commons.button id="passkey-cancel" label=msg("passkey-full-back") name="cancel-aia" value="true"/>
        </@commons.actions>
      <#else>
        <p class="passkey-way-out"><a href="${url.loginRestartFlowUrl}">${msg("passkey-register-other-account")}</a></p>
      </#if>
    </form>
  </#if>
</@layout.registrationLayout>

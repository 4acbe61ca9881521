<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- Says why there can be no passkey, or none more. -->
<@layout.registrationLayout; section>
  <#if section == "header">
    ${msg("passkey-register-title")}
  <#elseif section == "form">
    <@commons.styles/>
    <form id="passkey-full" class="${commons.formCss()}" method="post" action="${url.loginAction}">
      <@commons.actions>
        <@commons.button id="passkey-cancel" label=msg("passkey-full-back") name="cancel-aia" value="true"/>
      </@commons.actions>
    </form>
  </#if>
</@layout.registrationLayout>

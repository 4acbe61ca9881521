<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- For who has as many passkeys as the realm allows and may have lost them: which one makes room for the new one. -->
<@layout.registrationLayout; section>
  <#if section == "header">
    ${msg("passkey-replace-title")}
  <#elseif section == "form">
    <@commons.styles/>
    <form id="passkey-replace" class="${commons.formCss()}" method="post" action="${url.loginAction}">
      <p class="passkey-text">${msg("passkey-replace-explanation")}</p>
      <fieldset class="passkey-choices">
        <legend>${msg("passkey-replace-which")}</legend>
        <#list passkeys as owned>
          <@commons.choice name="passkeyReplaced" value=owned.id id="passkey-replaced-" + owned?index label=owned.label>
            <#if owned.provider?has_content><span><bdi>${owned.provider}</bdi></span></#if>
            <#if owned.created?has_content><span>${msg("passkey-replace-created", owned.created)}</span></#if>
            <span><#if owned.lastUsed?has_content>${msg("passkey-replace-last-used", owned.lastUsed)}<#else>${msg("passkey-replace-never-used")}</#if></span>
          </@commons.choice>
        </#list>
      </fieldset>
      <@commons.actions>
        <@commons.button id="passkey-replace-continue" label=msg("doContinue")/>
        <#if replacementOptional>
          <@commons.button id="passkey-keep" label=msg("passkey-replace-keep") secondary=true name="passkeysKept" value="true" formnovalidate="formnovalidate"/>
        </#if>
      </@commons.actions>
      <p class="passkey-way-out"><a href="${url.loginRestartFlowUrl}">${msg("passkey-register-other-account")}</a></p>
    </form>
  </#if>
</@layout.registrationLayout>

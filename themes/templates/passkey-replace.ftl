<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- For who has as many passkeys as the realm allows and may have lost them: which one makes room for the new one. -->
<@commons.titled text=msg("passkey-replace-title")/>
<@layout.registrationLayout displayMessage=false; section>
  <#if section == "header">
    <@commons.say text=msg("passkey-replace-title")/>
  <#elseif section == "form">
    <@commons.content>
      <form id="passkey-replace" class="${commons.formCss()}" method="post" action="${url.loginAction}">
        <p class="passkey-text"<@commons.language of=msg("passkey-replace-explanation")/>>${msg("passkey-replace-explanation")}</p>
        <fieldset class="passkey-choices">
          <legend<@commons.language of=msg("passkey-replace-which")/>>${msg("passkey-replace-which")}</legend>
          <#list passkeys as owned>
            <@commons.choice name="passkeyReplaced" value=owned.id id="passkey-replaced-" + owned?index label=owned.label>
              <#if owned.provider?has_content><span><bdi>${owned.provider}</bdi></span></#if>
              <#if owned.created?has_content><span<@commons.language of=msg("passkey-replace-created")/>>${msg("passkey-replace-created", owned.created)}</span></#if>
              <#if owned.lastUsed?has_content>
                <span<@commons.language of=msg("passkey-replace-last-used")/>>${msg("passkey-replace-last-used", owned.lastUsed)}</span>
              <#else>
                <@commons.say text=msg("passkey-replace-never-used")/>
              </#if>
            </@commons.choice>
          </#list>
        </fieldset>
        <@commons.actions>
          <@commons.button id="passkey-replace-continue" label=msg("doContinue") focusAfterAlert=true/>
          <#if replacementOptional>
            <@commons.button id="passkey-keep" label=msg("passkey-replace-keep") secondary=true name="passkeysKept" value="true" formnovalidate="formnovalidate"/>
          </#if>
        </@commons.actions>
        <p class="passkey-way-out"><a href="${url.loginRestartFlowUrl}"<@commons.language of=msg("passkey-register-other-account")/>>${msg("passkey-register-other-account")}</a></p>
      </form>
    </@commons.content>
  </#if>
</@layout.registrationLayout>

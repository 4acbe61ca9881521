<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- Makes a new passkey for the user who is signing in or signed in. -->
<@layout.registrationLayout; section>
  <#if section == "header">
    ${msg("passkey-register-title")}
  <#elseif section == "form">
    <@commons.styles/>
    <@commons.ceremonyForm ceremony="registration" unsupported=msg("passkey-error-unsupported")>
      <div class="passkey-text">
        <#if onlyWayIn>
          <p id="passkey-only-way-in"><strong>${msg("passkey-register-only-way-in")}</strong></p>
        </#if>
        <p>${msg("passkey-register-explanation")}</p>
        <#if laterOffered>
          <p>${msg("passkey-register-later-help")}</p>
        </#if>
        <#if replacedLabels?has_content>
          <p id="passkey-replaced"><strong>${msg("passkey-register-replaced")}</strong> <#list replacedLabels as label><bdi>${label}</bdi><#sep>, </#sep></#list></p>
        </#if>
        <#if passkey.existingLabels?has_content>
          <p class="passkey-existing">${msg("passkey-register-existing")} <#list passkey.existingLabels as label><bdi>${label}</bdi><#sep>, </#sep></#list></p>
        </#if>
      </div>
      <@commons.field name="passkeyLabel" label=msg("passkey-register-label") help=msg("passkey-register-label-help")>
        <@commons.input name="passkeyLabel" value=passkey.label!"" maxlength="255" autocomplete="off" dir="auto"
          placeholder=msg("passkey-register-label-placeholder") aria\-describedby="passkeyLabel-help"/>
      </@commons.field>
      <@commons.message/>
      <@commons.actions>
        <@commons.startButton label=msg("passkey-register-start")/>
        <#if replacementChosen>
          <@commons.button id="passkey-choose-again" label=msg("passkey-replace-another") secondary=true name="passkeyReplaced" value="" formnovalidate="formnovalidate"/>
        </#if>
        <#if laterOffered>
          <@commons.laterButton/>
        </#if>
        <#if isAppInitiatedAction??>
          <@commons.button id="passkey-cancel" label=msg("doCancel") secondary=true name="cancel-aia" value="true" formnovalidate="formnovalidate"/>
        </#if>
      </@commons.actions>
      <#if !isAppInitiatedAction??>
        <p class="passkey-way-out"><a href="${url.loginRestartFlowUrl}">${msg("passkey-register-other-account")}</a></p>
      </#if>
    </@commons.ceremonyForm>
  </#if>
</@layout.registrationLayout>

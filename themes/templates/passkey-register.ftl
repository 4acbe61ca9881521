<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- Makes a new passkey for the user who is signing in or signed in. -->
<@commons.titled text=msg("passkey-register-title")/>
<@layout.registrationLayout displayMessage=false; section>
  <#if section == "header">
    <@commons.say text=msg("passkey-register-title")/>
  <#elseif section == "form">
    <@commons.content>
      <@commons.ceremonyForm ceremony="registration" unsupported=msg("passkey-error-unsupported")>
        <div class="passkey-text">
          <#if onlyWayIn>
            <p id="passkey-only-way-in"><strong<@commons.language of=msg("passkey-register-only-way-in")/>>${msg("passkey-register-only-way-in")}</strong></p>
          </#if>
          <p<@commons.language of=msg("passkey-register-explanation")/>>${msg("passkey-register-explanation")}</p>
          <#if laterOffered>
            <p<@commons.language of=msg("passkey-register-later-help")/>>${msg("passkey-register-later-help")}</p>
          </#if>
          <#if replacedLabels?has_content>
            <p id="passkey-replaced"<@commons.language of=msg("passkey-register-replaced")/>><strong>${msg("passkey-register-replaced")}</strong> <#list replacedLabels as label><bdi>${label}</bdi><#sep>, </#sep></#list></p>
          </#if>
          <#if passkey.existingLabels?has_content>
            <p class="passkey-existing"<@commons.language of=msg("passkey-register-existing")/>>${msg("passkey-register-existing")} <#list passkey.existingLabels as label><bdi>${label}</bdi><#sep>, </#sep></#list></p>
          </#if>
        </div>
        <@commons.field name="passkeyLabel" label=msg("passkey-register-label") help=msg("passkey-register-label-help")>
          <@commons.input name="passkeyLabel" describedBy="passkeyLabel-help" value=passkey.label!"" maxlength="255" autocomplete="off" dir="auto"/>
        </@commons.field>
        <#if sessionsOffered>
          <@commons.checkbox id="logout-sessions" label=msg("logoutOtherSessions")/>
        </#if>
        <@commons.message/>
        <@commons.actions>
          <@commons.startButton label=msg("passkey-register-start") focusAfterAlert=true/>
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
          <p class="passkey-way-out"><a href="${url.loginRestartFlowUrl}"<@commons.language of=msg("passkey-register-other-account")/>>${msg("passkey-register-other-account")}</a></p>
        </#if>
      </@commons.ceremonyForm>
    </@commons.content>
  </#if>
</@layout.registrationLayout>

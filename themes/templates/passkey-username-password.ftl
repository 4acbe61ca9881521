<#import "template.ftl" as layout>
<#import "passkey-commons.ftl" as commons>
<#-- Keycloak's login form, and a passkey beside it. Without the attribute `passkey` it is the login form alone;
     without `passwordOffered` it is for somebody who has no password. -->
<#assign passwordAsked = realm.password && passwordOffered>
<#-- Whoever has typed a name before is not told by it whether there is such a user. -->
<#assign registrationOffered = realm.password && realm.registrationAllowed && !registrationDisabled?? && !usernameHidden??>
<#assign pageTitle = passwordAsked?then((passkey??)?then("passkey-password-title", "loginAccountTitle"), (passkey??)?then("passkey-sign-in", "passkey-none-title"))>
<@commons.titled text=msg(pageTitle)/>
<@layout.registrationLayout displayMessage=false displayInfo=registrationOffered; section>
  <#if section == "header">
    <@commons.say text=msg("loginAccountTitle")/>
  <#elseif section == "form">
    <@commons.content>
      <#if passwordAsked>
        <@loginForm/>
      <#elseif !passkey??>
        <p class="passkey-text"<@commons.language of=msg("passkey-none-other-way")/>>${msg("passkey-none-other-way")}</p>
      </#if>
      <#if passkey??>
        <@commons.besideLoginForm formAbove=passwordAsked/>
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

<#macro loginForm>
  <form id="kc-form-login" class="${commons.formCss()}" method="post" action="${url.loginAction}" novalidate data-submit-once>
    <#if !usernameHidden??>
      <@commons.usernameField autocomplete=(passkey??)?then("username webauthn", "username")/>
    </#if>
    <@commons.field name="password" label=msg("password") error=(usernameHidden??)?then(commons.fieldError, "")>
      <@password/>
      <@options/>
    </@commons.field>
    <input type="hidden" id="id-hidden-input" name="credentialId" value="${auth.selectedCredential!""}">
    <@commons.actions>
      <@commons.button id="kc-login" label=msg("doLogIn") name="login"/>
    </@commons.actions>
  </form>
  <@commons.script "passkey-submit-once"/>
</#macro>

<#macro password>
  <#local passwordError = commons.fieldFailed?then(commons.errorId((usernameHidden??)?then("password", "username")), "")>
  <div class="${commons.css("kcInputGroup")}" dir="ltr">
    <@commons.wrap commons.css("kcInputGroupItemClass", "kcFill")>
      <@commons.input name="password" type="password" autocomplete=(passkey?? && usernameHidden??)?then("current-password webauthn", "current-password")
        autofocus=usernameHidden?? invalid=commons.fieldFailed describedBy=passwordError/>
    </@commons.wrap>
    <#if properties.kcFormPasswordVisibilityButtonClass?has_content>
      <@commons.wrap commons.css("kcInputGroupItemClass")>
        <button type="button" class="${commons.css("kcFormPasswordVisibilityButtonClass")}" aria-label="${msg("showPassword")}" aria-controls="password"
                data-password-toggle data-label-show="${msg("showPassword")}" data-label-hide="${msg("hidePassword")}"
                data-icon-show="${commons.css("kcFormPasswordVisibilityIconShow")}" data-icon-hide="${commons.css("kcFormPasswordVisibilityIconHide")}"
        ><i class="${commons.css("kcFormPasswordVisibilityIconShow")}" aria-hidden="true"></i></button>
      </@commons.wrap>
      <@commons.script "passwordVisibility"/>
    </#if>
  </div>
</#macro>

<#macro options>
  <div class="passkey-options ${commons.css("kcFormHelperTextClass", "kcFormSettingClass")}">
    <#if realm.rememberMe && !usernameHidden??>
      <@commons.rememberMe/>
    </#if>
    <#if realm.resetPasswordAllowed>
      <a href="${url.loginResetCredentialsUrl}"<@commons.language of=msg("doForgotPassword")/>>${msg("doForgotPassword")}</a>
    </#if>
  </div>
</#macro>

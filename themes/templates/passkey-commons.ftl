<#-- What the passkey pages share. Looks come from the active theme's kc… class names alone. -->

<#-- Themes in the manner of keycloak.v2 put the class of a text field on an element around the input and
     lay whole forms out by kcFormClass; older ones put it on the input itself and do neither. -->
<#assign wrapsInputs = properties.kcInputGroupItemClass?has_content>

<#-- The theme's classes for these property names; what the theme does not name is left out. -->
<#function css names...>
  <#return names?map(name -> (properties[name]!""))?filter(class -> class?has_content)?join(" ")>
</#function>

<#function formCss>
  <#return wrapsInputs?then(css("kcFormClass"), "")>
</#function>

<#-- The ids are those of Keycloak's own pages, which automation knows. -->
<#function errorId field>
  <#return wrapsInputs?then("input-error-" + field, "input-error")>
</#function>

<#function usernameLabel>
  <#if !realm.loginWithEmailAllowed>
    <#return msg("username")>
  <#elseif !realm.registrationEmailAsUsername>
    <#return msg("usernameOrEmail")>
  </#if>
  <#return msg("email")>
</#function>

<#-- An element that is there only if the theme has a class for it. -->
<#macro wrap class tag="div">
  <#if class?has_content>
    <${tag} class="${class}"><#nested></${tag}>
  <#else>
    <#nested>
  </#if>
</#macro>

<#macro styles>
  <link rel="stylesheet" href="${url.resourcesPath}/css/passkey.css">
</#macro>

<#macro script name>
  <script type="module" src="${url.resourcesPath}/js/${name}.js"></script>
</#macro>

<#macro icon>
  <svg class="passkey-icon" viewBox="0 0 24 24" width="20" height="20" fill="currentColor" aria-hidden="true" focusable="false">
    <circle cx="9" cy="7" r="4"/>
    <path d="M1 20v-1.5C1 15.4 4.6 13 9 13c1.3 0 2.5.2 3.6.6a5 5 0 0 0 2.4 4.3V20z"/>
    <path fill-rule="evenodd" d="M18 9.5a3.5 3.5 0 0 0-1.3 6.7v5.3l1.3 1.3 2-2-1.3-1.3 1.3-1.3-.9-1.9A3.5 3.5 0 0 0 18 9.5zm0 1.9a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4z"/>
  </svg>
</#macro>

<#-- The form of the contract between page and server. `unsupported` is what a person reads whose browser has no passkeys. -->
<#macro ceremonyForm ceremony unsupported>
  <form id="passkey-form" class="${formCss()}" method="post" action="${url.loginAction}" novalidate
        data-ceremony="${ceremony}"
        data-options="${passkey.options}"
        data-mediation="${passkey.mediation!"none"}"
        data-challenge-lifespan="${passkey.lifespan!""}"
        data-message-cancelled="${msg("passkey-error-cancelled")}"
        data-message-elsewhere="${msg("passkey-not-on-this-device")}"
        data-message-unsupported="${unsupported}">
    <input type="hidden" name="passkeyResponse">
    <input type="hidden" name="passkeyError">
    <#nested>
  </form>
  <@script "passkey-" + (ceremony == "registration")?then("register", "authenticate")/>
</#macro>

<#-- Where the script speaks. Announced when it appears. -->
<#macro message>
  <div id="passkey-message" class="passkey-message ${css("kcAlertClass")} pf-m-info" role="alert" hidden>
    <div class="${properties.kcAlertIconClass!"pf-c-alert__icon"}"><span class="${css("kcFeedbackInfoIcon")}" aria-hidden="true"></span></div>
    <span id="passkey-message-text" class="${css("kcAlertTitleClass")}"></span>
  </div>
  <noscript><p>${msg("passkey-noscript")}</p></noscript>
</#macro>

<#macro actions>
  <div class="${css("kcFormGroupClass")}">
    <div class="${properties.kcFormActionGroupClass!"passkey-actions"}"><#nested></div>
  </div>
</#macro>

<#macro button id label secondary=false attributes...>
  <#local kind = secondary?then(properties.kcButtonSecondaryClass?has_content?then("Secondary", "Default"), "Primary")>
  <button type="submit" id="${id}" class="${css("kcButtonClass", "kcButton" + kind + "Class", "kcButtonBlockClass", "kcButtonLargeClass")}"
    <#list attributes as attribute, value> ${attribute}="${value}"</#list>><#nested>${label}</button>
</#macro>

<#-- Off until the script is there to run the ceremony. An administrator can give it other words. -->
<#macro startButton label secondary=false>
  <#local chosen = (passkey.buttonText)?has_content?then(advancedMsg(passkey.buttonText), label)>
  <@button id="passkey-start" label=chosen secondary=secondary disabled="disabled"><@icon/></@button>
</#macro>

<#-- Leaves a required action until the next sign-in. Needs no script. -->
<#macro laterButton>
  <@button id="passkey-later" label=msg("passkey-register-later") secondary=true name="passkeyLater" value="true" formnovalidate="formnovalidate"/>
</#macro>

<#macro field name label error="" help="">
  <div class="${css("kcFormGroupClass")}">
    <@wrap css("kcFormGroupLabelClass")>
      <label for="${name}" class="${css("kcLabelClass")}"><@wrap css("kcFormLabelTextClass") "span">${label}</@wrap></label>
    </@wrap>
    <#nested>
    <#if error?has_content>
      <@note id=errorId(name) class=css("kcInputErrorMessageClass") state=css("kcError")>${error}</@note>
    </#if>
    <#if help?has_content>
      <@note id=name + "-help" class=css("kcInputHelperTextItemTextClass", "kcInputHelperTextAfterClass")>${help}</@note>
    </#if>
  </div>
</#macro>

<#-- A line below a field. -->
<#macro note id class state="">
  <@wrap css("kcFormHelperTextClass")>
    <@wrap css("kcInputHelperTextClass")>
      <@wrap css("kcInputHelperTextItemClass") + " " + state>
        <span id="${id}" class="${class}"><#nested></span>
      </@wrap>
    </@wrap>
  </@wrap>
</#macro>

<#-- One of several to choose from; what is nested stands below its name. -->
<#macro choice name value id label>
  <div class="passkey-choice">
    <input type="radio" id="${id}" name="${name}" value="${value}" required>
    <label for="${id}"><bdi>${label}</bdi><small><#nested></small></label>
  </div>
</#macro>

<#macro input name type="text" invalid=false autofocus=false attributes...>
  <@wrap wrapsInputs?then(css("kcInputClass") + invalid?then(" " + css("kcError"), ""), "") "span">
    <input id="${name}" name="${name}" type="${type}"
      <#if !wrapsInputs> class="${css("kcInputClass")}"</#if>
      <#if invalid> aria-invalid="true" aria-errormessage="${errorId(name)}"</#if>
      <#if autofocus> autofocus</#if>
      <#list attributes as attribute, value> ${attribute}="${value}"</#list>>
  </@wrap>
</#macro>

<#-- The field that the browser offers passkeys in. -->
<#macro usernameField autocomplete label=usernameLabel() value=(login.username)!"" invalid=false error="" help="">
  <@field name="username" label=label error=error help=help>
    <#if help?has_content>
      <@input name="username" value=value autocomplete=autocomplete invalid=invalid autofocus=true dir="ltr" aria\-describedby="username-help"/>
    <#else>
      <@input name="username" value=value autocomplete=autocomplete invalid=invalid autofocus=true dir="ltr"/>
    </#if>
  </@field>
</#macro>

<#-- Its name is that of Keycloak's own pages, also where a hidden field copies it. -->
<#macro rememberMe>
  <div class="${properties.kcCheckboxClass!"checkbox"}">
    <label class="${css("kcCheckboxClass")}" for="rememberMe">
      <input type="checkbox" id="rememberMe" name="rememberMe" class="${css("kcCheckboxInputClass")}" <#if (login.rememberMe)??>checked</#if>>
      <span class="${css("kcCheckboxLabelClass")}">${msg("rememberMe")}</span>
    </label>
  </div>
</#macro>

<#-- The passkey beside a login form. -->
<#macro besideLoginForm unsupported formAbove=realm.password>
  <#if formAbove>
    <p class="passkey-divider"><span>${msg("passkey-or")}</span></p>
  </#if>
  <@ceremonyForm ceremony="authentication" unsupported=unsupported>
    <input type="hidden" name="rememberMe" value="on" data-copies="rememberMe" disabled>
    <@message/>
    <@actions>
      <@startButton label=msg("passkey-sign-in") secondary=formAbove/>
    </@actions>
  </@ceremonyForm>
</#macro>

<#-- For who has the passkey no more, or has none. -->
<#macro lostPasskeyLink label=msg("passkey-lost")>
  <#if realm.resetPasswordAllowed>
    <p class="passkey-way-out"><a id="passkey-lost" href="${url.loginResetCredentialsUrl}">${label}</a></p>
  </#if>
</#macro>

<#macro registrationLink>
  <div id="kc-registration-container">
    <div id="kc-registration">
      <span>${msg("noAccount")} <a href="${url.registrationUrl}">${msg("doRegister")}</a></span>
    </div>
  </div>
</#macro>

<#-- Sign-in through others: the theme's own list where it brings one as a macro. -->
<#macro identityProviders>
  <#local themed = .get_optional_template("social-providers.ftl")>
  <#if themed.exists>
    <#local list = themed.import()>
    <@list.show social=social/>
  <#else>
    <#local gridded = social.providers?size gt 3>
    <div id="kc-social-providers" class="${css("kcFormSocialAccountSectionClass")}">
      <hr>
      <h2>${msg("identity-provider-login-label")}</h2>
      <ul class="${css("kcFormSocialAccountListClass")} ${gridded?then(css("kcFormSocialAccountListGridClass"), "")}">
        <#list social.providers as provider>
          <li class="${gridded?then(css("kcFormSocialAccountGridItem"), "")}">
            <a id="social-${provider.alias}" href="${provider.loginUrl}" class="${css("kcFormSocialAccountListButtonClass")}"
               data-once-link data-disabled-class="${css("kcFormSocialAccountListButtonDisabledClass")}">
              <#if provider.iconClasses?has_content>
                <i class="${css("kcCommonLogoIdP")} ${provider.iconClasses}" aria-hidden="true"></i>
              </#if>
              <span class="${css("kcFormSocialAccountNameClass")}">${provider.displayName!provider.alias}</span>
            </a>
          </li>
        </#list>
      </ul>
    </div>
  </#if>
</#macro>

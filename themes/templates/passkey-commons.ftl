<#-- What the passkey pages share. Looks come from the active theme's kc… class names alone. -->

<#-- An error of the login form stands at its field, any other message in the page's alert. -->
<#assign fieldFailed = messagesPerField.existsError("username", "password")>
<#assign fieldError = messagesPerField.getFirstError("username", "password")>
<#assign pageMessage = .data_model.message!"">
<#assign alertShown = !fieldFailed && pageMessage?has_content && !(pageMessage.type == "warning" && isAppInitiatedAction??)>
<#assign alertId = "passkey-alert">

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

<#-- Gives the page a title of its own. The theme's template takes the title from the variable `title`, before
     Keycloak 26.6 from the text `loginTitle`. -->
<#macro titled text>
  <#assign titleText = text>
  <#global title = msg("passkey-page-title", text, realm.displayName!"")>
  <#global msg = textOrTitle>
</#macro>

<#function textOrTitle key parameters...>
  <#return (key == "loginTitle")?then(title, .data_model.msg?with_args([key] + parameters)())>
</#function>

<#-- The language of an element whose text is English because the language of the page has no such text. -->
<#macro language of><#if isEnglish(of)> lang="en" dir="ltr"</#if></#macro>

<#function isEnglish text>
  <#return (pageLanguage.isEnglish(lang, text))!false>
</#function>

<#-- A text inside an element that is not ours. -->
<#macro say text><#if isEnglish(text)><span<@language of=text/>>${text}</span><#else>${text}</#if></#macro>

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

<#-- All that a page has in place of the theme's form: in a theme that has no landmarks, with the main landmark, and with
     the heading that such a theme leaves out where it shows the name of a user. -->
<#macro content>
  <@styles/>
  <#if properties.kcLoginMain?has_content>
    <@alert/>
    <#nested>
  <#else>
    <main class="passkey-main">
      <#if auth?has_content && auth.showUsername() && !auth.showResetCredentials()>
        <h1 class="${css("kcSrOnlyClass")}"<@language of=titleText/>>${titleText}</h1>
      </#if>
      <@alert/>
      <#nested>
    </main>
  </#if>
</#macro>

<#-- What the server says above the form. The control that has the focus refers to it. -->
<#macro alert>
  <#if alertShown>
    <#local kind = (pageMessage.type == "error")?then("danger", pageMessage.type)>
    <div id="${alertId}" class="passkey-alert alert-${pageMessage.type} ${css("kcAlertClass")} pf-m-${kind}" role="${(kind == "danger")?then("alert", "status")}">
      <div class="${alertIconCss()}"><span class="${css("kcFeedback" + pageMessage.type?cap_first + "Icon")}" aria-hidden="true"></span></div>
      <span class="${css("kcAlertTitleClass")} kc-feedback-text"<@language of=pageMessage.summary/>>${pageMessage.summary}</span>
    </div>
  </#if>
</#macro>

<#function alertIconCss>
  <#return properties.kcAlertIconClass!"pf-c-alert__icon">
</#function>

<#-- Puts the focus on a button that follows an alert, and refers to the alert. -->
<#macro afterAlert><#if alertShown> autofocus aria-describedby="${alertId}"</#if></#macro>

<#-- The form of the contract between page and server. `unsupported` is what a person reads whose browser has no passkeys. -->
<#macro ceremonyForm ceremony unsupported>
  <form id="passkey-form" class="${formCss()}" method="post" action="${url.loginAction}" novalidate
        data-ceremony="${ceremony}"
        data-options="${passkey.options}"
        data-mediation="${passkey.mediation!"none"}"
        data-challenge-lifespan="${passkey.lifespan!""}"
        data-message-waiting="${msg("passkey-waiting")}"
        data-message-renewing="${msg("passkey-renewing")}"
        data-message-cancelled="${msg("passkey-error-cancelled")}"
        data-message-elsewhere="${msg("passkey-not-on-this-device")}"
        data-message-expired="${msg("passkey-error-expired")}"
        data-message-unsupported="${unsupported}">
    <input type="hidden" name="passkeyResponse">
    <input type="hidden" name="passkeyError">
    <#nested>
    <p id="passkey-status" class="passkey-status" role="status"></p>
  </form>
  <@script "passkey-" + (ceremony == "registration")?then("register", "authenticate")/>
</#macro>

<#-- Where the script speaks. Announced when it appears. -->
<#macro message>
  <div id="passkey-message" class="passkey-message ${css("kcAlertClass")} pf-m-info" role="alert" hidden>
    <div class="${alertIconCss()}"><span class="${css("kcFeedbackInfoIcon")}" aria-hidden="true"></span></div>
    <span id="passkey-message-text" class="${css("kcAlertTitleClass")}"<@language of=msg("passkey-error-cancelled")/>></span>
  </div>
  <noscript><p<@language of=msg("passkey-noscript")/>>${msg("passkey-noscript")}</p></noscript>
</#macro>

<#macro actions>
  <div class="${css("kcFormGroupClass")}">
    <div class="${properties.kcFormActionGroupClass!"passkey-actions"}"><#nested></div>
  </div>
</#macro>

<#macro button id label secondary=false focusAfterAlert=false attributes...>
  <#local kind = secondary?then(properties.kcButtonSecondaryClass?has_content?then("Secondary", "Default"), "Primary")>
  <button type="submit" id="${id}" class="passkey-button ${css("kcButtonClass", "kcButton" + kind + "Class", "kcButtonBlockClass", "kcButtonLargeClass")}"
    <#if focusAfterAlert><@afterAlert/></#if>
    <#list attributes as attribute, value> ${attribute}="${value}"</#list>><#nested><span<@language of=label/>>${label}</span></button>
</#macro>

<#-- Off until the script is there to run the ceremony. An administrator can give it other words. -->
<#macro startButton label secondary=false focusAfterAlert=false>
  <#local chosen = (passkey.buttonText)?has_content?then(advancedMsg(passkey.buttonText), label)>
  <@button id="passkey-start" label=chosen secondary=secondary focusAfterAlert=focusAfterAlert disabled="disabled"><@icon/></@button>
</#macro>

<#-- Leaves a required action until the next sign-in. Needs no script. -->
<#macro laterButton focusAfterAlert=false>
  <@button id="passkey-later" label=msg("passkey-register-later") secondary=true focusAfterAlert=focusAfterAlert name="passkeyLater" value="true" formnovalidate="formnovalidate"/>
</#macro>

<#macro field name label error="" help="">
  <div class="${css("kcFormGroupClass")}">
    <@wrap css("kcFormGroupLabelClass")>
      <label for="${name}" class="${css("kcLabelClass")}"><@wrap css("kcFormLabelTextClass") "span"><@say text=label/></@wrap></label>
    </@wrap>
    <#nested>
    <#if error?has_content>
      <@note id=errorId(name) text=error class=css("kcInputErrorMessageClass") state=css("kcError") live="polite"/>
    </#if>
    <#if help?has_content>
      <@note id=name + "-help" text=help class=css("kcInputHelperTextItemTextClass", "kcInputHelperTextAfterClass")/>
    </#if>
  </div>
</#macro>

<#-- A line below a field. With `live` it is announced when it appears. -->
<#macro note id text class state="" live="">
  <@wrap css("kcFormHelperTextClass")>
    <@wrap css("kcInputHelperTextClass")>
      <@wrap css("kcInputHelperTextItemClass") + " " + state>
        <span id="${id}" class="${class}"<#if live?has_content> aria-live="${live}"</#if><@language of=text/>>${text}</span>
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

<#-- `describedBy` names more elements that describe the field. A field that has the focus refers to the alert as well. -->
<#macro input name type="text" invalid=false autofocus=false describedBy="" attributes...>
  <#local description = [(autofocus && alertShown)?then(alertId, ""), describedBy]?filter(id -> id?has_content)?join(" ")>
  <@wrap wrapsInputs?then(css("kcInputClass") + invalid?then(" " + css("kcError"), ""), "") "span">
    <input id="${name}" name="${name}" type="${type}"
      <#if !wrapsInputs> class="${css("kcInputClass")}"</#if>
      <#if invalid> aria-invalid="true"</#if>
      <#if description?has_content> aria-describedby="${description}"</#if>
      <#if autofocus> autofocus</#if>
      <#list attributes as attribute, value> ${attribute}="${value}"</#list>>
  </@wrap>
</#macro>

<#-- The field that the browser offers passkeys in. An error of the login form stands here, unless the field is hidden. -->
<#macro usernameField autocomplete label=usernameLabel() value=(login.username)!"" help="">
  <#local description = [fieldFailed?then(errorId("username"), ""), help?has_content?then("username-help", "")]?filter(id -> id?has_content)?join(" ")>
  <@field name="username" label=label error=fieldError help=help>
    <@input name="username" value=value autocomplete=autocomplete invalid=fieldFailed autofocus=true describedBy=description dir="ltr"/>
  </@field>
</#macro>

<#-- Its name is that of Keycloak's own pages, also where a hidden field copies it. -->
<#macro rememberMe>
  <@checkbox id="rememberMe" label=msg("rememberMe") checked=(login.rememberMe)??/>
</#macro>

<#macro checkbox id label checked=false>
  <div class="${properties.kcCheckboxClass!"checkbox"}">
    <label class="${css("kcCheckboxClass")}" for="${id}">
      <input type="checkbox" id="${id}" name="${id}" value="on" class="${css("kcCheckboxInputClass")}" <#if checked>checked</#if>>
      <span class="${css("kcCheckboxLabelClass")}"<@language of=label/>>${label}</span>
    </label>
  </div>
</#macro>

<#-- The passkey beside a login form. The script hides all of it in a browser without passkeys. -->
<#macro besideLoginForm formAbove=realm.password>
  <#if formAbove>
    <div class="passkey-beside">
      <p class="passkey-divider"><span<@language of=msg("passkey-or")/>>${msg("passkey-or")}</span></p>
      <@signInForm secondary=true/>
    </div>
  <#else>
    <@signInForm secondary=false/>
  </#if>
</#macro>

<#macro signInForm secondary>
  <@ceremonyForm ceremony="authentication" unsupported=msg("passkey-error-unsupported")>
    <input type="hidden" name="rememberMe" value="on" data-copies="rememberMe" disabled>
    <@message/>
    <@actions>
      <@startButton label=msg("passkey-sign-in") secondary=secondary focusAfterAlert=!secondary/>
    </@actions>
  </@ceremonyForm>
</#macro>

<#-- For who has the passkey no more, or has none. -->
<#macro lostPasskeyLink label=msg("passkey-lost")>
  <#if realm.resetPasswordAllowed>
    <p class="passkey-way-out"><a id="passkey-lost" href="${url.loginResetCredentialsUrl}"<@language of=label/>>${label}</a></p>
  </#if>
</#macro>

<#macro registrationLink>
  <div id="kc-registration-container">
    <div id="kc-registration">
      <span><@say text=msg("noAccount")/> <a href="${url.registrationUrl}"<@language of=msg("doRegister")/>>${msg("doRegister")}</a></span>
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
    <div id="kc-social-providers" class="${css("kcFormSocialAccountSectionClass")}" role="region" aria-labelledby="kc-social-providers-label">
      <hr>
      <h2 id="kc-social-providers-label"<@language of=msg("identity-provider-login-label")/>>${msg("identity-provider-login-label")}</h2>
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

package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes authentication flows through the admin API, as the admin console does. */
final class FlowMaker {

    private static final String TYPE = "basic-flow";

    private final AdminApi admin;

    FlowMaker(AdminApi admin) {
        this.admin = admin;
    }

    /** Makes a flow of its own without steps, and gives its id. */
    String make(String alias) {
        return admin.create(
                "/authentication/flows",
                Map.of("alias", alias, "providerId", TYPE, "topLevel", true, "builtIn", false));
    }

    /** Adds a form, made by this provider, with these actions to a flow. */
    void addForm(String flow, String provider, List<Step> actions) {
        String executions = executions(flow);
        String form = "form-" + UUID.randomUUID();
        admin.post(
                executions + "/flow",
                Map.of("alias", form, "type", "form-flow", "provider", provider, "description", ""));
        admin.put(executions, last(admin.get(executions)).put("requirement", "REQUIRED"));
        add(form, actions);
    }

    private static String executions(String flow) {
        return "/authentication/flows/" + flow + "/executions";
    }

    /** Adds steps to a flow, or to a form. */
    void add(String alias, List<Step> steps) {
        for (Step step : steps) {
            String subFlow = alias + "-" + UUID.randomUUID().toString().substring(0, 8);
            String executions = executions(alias);
            if (step.isFlow()) {
                admin.post(executions + "/flow", Map.of("alias", subFlow, "type", TYPE, "description", ""));
            } else {
                admin.post(executions + "/execution", Map.of("provider", step.authenticator()));
            }
            ObjectNode added = last(admin.get(executions));
            admin.put(executions, added.put("requirement", step.requirement()));
            if (!step.config().isEmpty()) {
                configure(added.path("id").asText(), step.config());
            }
            add(subFlow, step.steps());
        }
    }

    /** Saves settings of a step, and gives their id. */
    String configure(String execution, Map<String, String> config) {
        return admin.create(
                "/authentication/executions/" + execution + "/config",
                Map.of("alias", "settings-" + UUID.randomUUID(), "config", config));
    }

    private static ObjectNode last(JsonNode executions) {
        return (ObjectNode) TestRealm.stream(executions)
                .filter(execution -> execution.path("level").asInt() == 0)
                .reduce((one, next) -> next)
                .orElseThrow();
    }
}

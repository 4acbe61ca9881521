package io.github.keycloakpasskey.metadata;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;

/** Keeps what was logged, for tests to read. */
final class RecordedLog implements System.Logger {

    private final List<String> warnings = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    @Override
    public String getName() {
        return "recorded";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        keep(level, message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        keep(level, MessageFormat.format(format, parameters));
    }

    private void keep(Level level, String text) {
        (level == Level.WARNING ? warnings : others).add(text);
    }

    List<String> others() {
        return List.copyOf(others);
    }

    /** The warnings since this was asked last. */
    List<String> newWarnings() {
        List<String> since = List.copyOf(warnings);
        warnings.clear();
        return since;
    }
}

package com.fleetman.platform;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads single settings by their {@code FLEETMAN_*} name. The system property of the same meaning ({@code
 * FLEETMAN_DB_URL} is {@code fleetman.db.url}) wins over the environment variable; blank counts as absent.
 */
final class SettingsSource {
    private final UnaryOperator<String> environment;
    private final UnaryOperator<String> properties;

    /** Both functions answer null for a name they do not have. */
    SettingsSource(UnaryOperator<String> environment, UnaryOperator<String> properties) {
        this.environment = environment;
        this.properties = properties;
    }

    static String propertyName(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(properties.apply(propertyName(name)))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank()))
                .map(String::strip);
    }

    String text(String name, String fallback) {
        return find(name).orElse(fallback);
    }

    String required(String name, String meaning) {
        return find(name).orElseThrow(() -> new InvalidSettings(name + " is not set: " + meaning + "."));
    }

    int number(String name, int fallback, int least, int most) {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, in the same words as a number out of range
        }
        throw new InvalidSettings(
                name + " must be a whole number from " + least + " to " + most + ", but is \"" + text.get() + "\".");
    }

    Duration seconds(String name, int fallback, int least, int most) {
        return Duration.ofSeconds(number(name, fallback, least, most));
    }

    boolean flag(String name, boolean fallback) {
        return find(name)
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new InvalidSettings(name + " must be true or false, but is \"" + text + "\".");
                })
                .orElse(fallback);
    }

    List<String> list(String name) {
        return find(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}

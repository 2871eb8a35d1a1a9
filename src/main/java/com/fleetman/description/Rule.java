package com.fleetman.description;

import java.util.List;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * What the code asks of one field of a request.
 *
 * @param longest most characters, 0 if it does not say
 * @param constants the enum whose constants it must be
 * @param values or the values that it must be one of
 */
record Rule(
        boolean required,
        boolean uuid,
        int longest,
        @Nullable TypeMirror constants,
        List<String> values) {
    static final Rule OPTIONAL = new Rule(false, false, 0, null, List.of());
    static final Rule REQUIRED = new Rule(true, false, 0, null, List.of());
    static final Rule UUID = new Rule(false, true, 0, null, List.of());

    Rule and(Rule other) {
        return new Rule(
                required || other.required,
                uuid || other.uuid,
                Math.max(longest, other.longest),
                constants == null ? other.constants : constants,
                values.isEmpty() ? other.values : values);
    }

    Rule under(boolean condition) {
        return condition ? new Rule(false, uuid, longest, constants, values) : this;
    }

    Rule atMost(int characters) {
        return new Rule(required, uuid, characters, constants, values);
    }

    Rule of(TypeMirror type) {
        return new Rule(required, uuid, longest, type, values);
    }

    Rule of(List<String> texts) {
        return new Rule(required, uuid, longest, constants, texts);
    }
}

package com.fleetman.fleet;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fleetman.platform.Fields;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A constant that has another name in JSON and in the database than in Java. */
interface Coded {
    @JsonValue
    String code();

    /** The constant with this code. */
    static <E extends Enum<E> & Coded> Optional<E> find(@Nullable String code, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.code().equals(code))
                .findFirst();
    }

    /** The constant with this code; else the first one and a rejection. */
    static <E extends Enum<E> & Coded> E check(Fields fields, String field, @Nullable String code, Class<E> type) {
        E[] constants = type.getEnumConstants();
        return find(code, type).orElseGet(() -> {
            fields.reject(
                    field,
                    code == null ? "required" : "unknown_value",
                    field + " must be one of "
                            + Arrays.stream(constants).map(Coded::code).toList());
            return constants[0];
        });
    }
}

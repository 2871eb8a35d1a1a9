package com.fleetman.identity;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Set;

/** A set of roles as one text: their names in order, separated by commas. */
@Converter
class Roles implements AttributeConverter<Set<String>, String> {
    @Override
    public String convertToDatabaseColumn(Set<String> roles) {
        return String.join(",", roles.stream().sorted().toList());
    }

    @Override
    public Set<String> convertToEntityAttribute(String text) {
        return parse(text);
    }

    static Set<String> parse(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(","));
    }
}

package com.fleetman.platform;

import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;

/**
 * JSON (and XML) columns as the text that they are: the application reads and writes it with {@link Json}. Hibernate's own
 * mappers look for parts of Jackson on the server's class path, and fail where these are of another Jackson than ours.
 */
final class PlainText implements FormatMapper {
    @Override
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
        return type.getJavaTypeClass().cast(text.toString());
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
        return (String) value;
    }
}

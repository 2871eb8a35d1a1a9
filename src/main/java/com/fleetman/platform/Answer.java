package com.fleetman.platform;

/** The envelope of every successful answer: {@code {"success":true,"data":...}}. */
public record Answer<T>(boolean success, T data) {
    public static <T> Answer<T> of(T data) {
        return new Answer<>(true, data);
    }
}

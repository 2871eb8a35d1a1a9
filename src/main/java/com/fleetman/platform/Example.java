package com.fleetman.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The body of a request as the description of the API shows it, where one made of its schema would be refused. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.SOURCE)
public @interface Example {
    /** JSON. */
    String value();
}

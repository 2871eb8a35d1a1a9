package com.fleetman.dev;

import java.util.List;

/**
 * What an application on a stand-alone Tomcat sees beside its own classes: the JDK, Tomcat, and the APIs that Tomcat
 * brings. The rest of this JVM's class path stays hidden, so a library that the war lacks is missed here as well.
 */
final class ContainerClasses extends ClassLoader {
    private static final List<String> VISIBLE = List.of(
            "jakarta.annotation.",
            "jakarta.el.",
            "jakarta.security.auth.message.",
            "jakarta.servlet.",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.el.",
            "org.apache.juli.",
            "org.apache.naming.",
            "org.apache.tomcat.");

    ContainerClasses() {
        super("container", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (VISIBLE.stream().anyMatch(name::startsWith)) {
            return ClassLoader.getSystemClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}

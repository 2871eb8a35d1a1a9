package com.fleetman.platform;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import org.jspecify.annotations.Nullable;

/** Notes which route a request took, before anybody can refuse it. */
@Provider
@ApplicationScoped
@Priority(0)
public class RouteOf implements ContainerRequestFilter {
    /** Of the request: the path template of the resource method, {@code /machines/{id}}. */
    static final String ATTRIBUTE = "com.fleetman.route";

    @Context
    @SuppressWarnings("NullAway.Init")
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(ATTRIBUTE, route(type(resource.getResourceClass()), resource.getResourceMethod()));
    }

    /** The class with the path, not what a container derived from it. */
    private static @Nullable Class<?> type(@Nullable Class<?> found) {
        Class<?> type = found;
        while (type != null && !type.isAnnotationPresent(Path.class)) {
            type = type.getSuperclass();
        }
        return type;
    }

    static String route(@Nullable AnnotatedElement type, @Nullable AnnotatedElement method) {
        String route = slashed(path(type)) + slashed(path(method));
        return route.isEmpty() ? "/" : route;
    }

    private static String path(@Nullable AnnotatedElement element) {
        Path path = element == null ? null : element.getAnnotation(Path.class);
        return path == null ? "" : path.value();
    }

    private static String slashed(String path) {
        String bare = path.startsWith("/") ? path.substring(1) : path;
        bare = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        return bare.isEmpty() ? "" : "/" + bare;
    }
}

package com.fleetman.platform;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Hibernate notes about types, it notes at the types themselves ({@link ClassValue}), and has no way to take it back.
 * At a type of the JDK or of the server that note outlives the application and keeps all of its classes in memory, once
 * more at each redeployment.
 */
final class TypeCaches {
    private static final System.Logger LOG = System.getLogger(TypeCaches.class.getName());

    /** Those of Hibernate's classes that have such caches in static fields (6.6). */
    private static final Set<String> OWNERS =
            Set.of("org.hibernate.engine.internal.ManagedTypeHelper", "org.hibernate.boot.model.internal.BinderHelper");

    private TypeCaches() {}

    /**
     * Takes back what was noted at the given types and at all that they are declared with. It never fails: another
     * version of Hibernate may have no such caches.
     *
     * @param managed the entities and other classes of the persistence unit
     */
    static void clear(Collection<Class<?>> managed) {
        Set<Class<?>> types = declaredWith(managed);
        for (String owner : OWNERS) {
            try {
                for (Field field : Class.forName(owner).getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers()) && ClassValue.class.isAssignableFrom(field.getType())) {
                        field.setAccessible(true);
                        ClassValue<?> cache = (ClassValue<?>) field.get(null);
                        types.forEach(cache::remove);
                    }
                }
            } catch (ReflectiveOperationException | RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "What Hibernate keeps at types cannot be taken back.", e);
            }
        }
    }

    /** The types, their super-types, those of their fields, and all annotations at those. */
    static Set<Class<?>> declaredWith(Collection<Class<?>> roots) {
        Set<Class<?>> found = new HashSet<>();
        Deque<Class<?>> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            if (!found.add(type)) {
                continue;
            }
            addAnnotations(type, open);
            add(type.getSuperclass(), open);
            for (Class<?> implemented : type.getInterfaces()) {
                open.add(implemented);
            }
            if (roots.contains(type)) {
                for (Field field : type.getDeclaredFields()) {
                    open.add(field.getType());
                    addAnnotations(field, open);
                }
                for (var method : type.getDeclaredMethods()) {
                    addAnnotations(method, open);
                }
                for (var constructor : type.getDeclaredConstructors()) {
                    addAnnotations(constructor, open);
                }
            }
        }
        return found;
    }

    private static void add(@Nullable Class<?> type, Deque<Class<?>> to) {
        if (type != null) {
            to.add(type);
        }
    }

    private static void addAnnotations(AnnotatedElement element, Deque<Class<?>> to) {
        for (Annotation annotation : element.getAnnotations()) {
            to.add(annotation.annotationType());
        }
    }
}

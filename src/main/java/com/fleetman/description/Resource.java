package com.fleetman.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/**
 * One method of a resource class, by its annotations.
 *
 * @param path below the API's own, {@code /machines/{id}}
 */
record Resource(TypeElement type, ExecutableElement method, String verb, String path) {
    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
    private static final Set<String> BOUND =
            Set.of("Context", "Suspended", "PathParam", "QueryParam", "HeaderParam", "CookieParam");

    static List<Resource> all(Sources sources) {
        var all = new ArrayList<Resource>();
        for (TypeElement type : sources.all()) {
            String root = Sources.annotation(type, "Path");
            if (root == null) {
                continue;
            }
            for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
                VERBS.stream()
                        .filter(verb -> Sources.annotation(method, verb) != null)
                        .forEach(verb -> all.add(new Resource(type, method, verb, path(root, method))));
            }
        }
        return all;
    }

    private static String path(String root, ExecutableElement method) {
        String below = Sources.annotation(method, "Path");
        String path = "/" + root + "/" + (below == null ? "" : below);
        // Without what a parameter must look like.
        return path.replaceAll("/+", "/").replaceFirst("(.)/$", "$1").replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
    }

    String tag() {
        String name = type.getSimpleName().toString().replaceFirst("Resource$", "");
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    String id() {
        return tag() + Schemas.capital(method.getSimpleName().toString());
    }

    /** Said of it or, as that counts for all methods, of its class; empty if nothing is. */
    Optional<String> rule(String annotation) {
        boolean own =
                Sources.annotation(method, "NeedsRole") != null || Sources.annotation(method, "WithoutSession") != null;
        Element rule = own ? method : type;
        return Optional.ofNullable(Sources.annotation(rule, annotation));
    }

    List<? extends VariableElement> parameters() {
        return method.getParameters();
    }

    /** The parameter that the body is read into. */
    Optional<? extends VariableElement> body() {
        return parameters().stream()
                .filter(parameter -> BOUND.stream().noneMatch(one -> Sources.annotation(parameter, one) != null))
                .findFirst();
    }

    /** The Javadoc's first sentence, or the name in words. */
    String summary(Sources sources) {
        String sentence = sources.sentence(method);
        if (!sentence.isEmpty()) {
            return sentence;
        }
        return Schemas.capital(words(method.getSimpleName().toString())) + ": " + words(tag());
    }

    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}

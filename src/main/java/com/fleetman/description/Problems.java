package com.fleetman.description;

import com.fleetman.description.Facts.Raised;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Which problems a call can end with: those of its code, and those of what stands before and behind all code. */
final class Problems {
    private static final Set<Raised> EVERYWHERE = Set.of(
            new Raised(400, "invalid_header"), new Raised(406, "not_acceptable"), new Raised(500, "internal_error"));

    private final Sources sources;
    private final CodeReader code;

    Problems(Sources sources, CodeReader code) {
        this.sources = sources;
        this.code = code;
    }

    /** By status, each with its codes in order. */
    SortedMap<Integer, List<Raised>> of(Resource resource) {
        var all = new TreeSet<Raised>(EVERYWHERE);
        all.addAll(code.problems(resource.method()));
        all.addAll(ofClass("com.fleetman.platform.Failures"));
        all.addAll(ofClass("com.fleetman.identity.RequestLimits"));
        if (resource.rule("WithoutSession").isEmpty()) {
            Set<Raised> authentication = ofClass("com.fleetman.identity.Authentication");
            if (resource.rule("NeedsRole").isEmpty()) {
                authentication.removeIf(raised -> raised.code().equals("forbidden"));
            }
            if (resource.verb().equals("GET") || resource.verb().equals("HEAD")) {
                authentication.removeIf(raised -> raised.code().equals("cross_site"));
            }
            all.addAll(authentication);
        }
        if (resource.body().isPresent()) {
            all.add(new Raised(415, "unsupported_media_type"));
            all.addAll(ofClass("com.fleetman.platform.JsonBody"));
            sources.all().stream()
                    .filter(type -> type.getQualifiedName().toString().startsWith("com.fleetman.platform.Json"))
                    .forEach(type -> all.addAll(of(type)));
        }
        var byStatus = new TreeMap<Integer, List<Raised>>();
        all.forEach(raised -> byStatus.computeIfAbsent(raised.status(), status -> new ArrayList<>())
                .add(raised));
        return byStatus;
    }

    private Set<Raised> ofClass(String name) {
        return of(sources.named(name));
    }

    private Set<Raised> of(TypeElement type) {
        var all = new TreeSet<Raised>();
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            all.addAll(code.problems(method));
        }
        return all;
    }

    /** Reason phrases of RFC 9110 and RFC 6585. */
    static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 204 -> "No Content";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Request Entity Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Status " + status;
        };
    }
}

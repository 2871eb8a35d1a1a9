package com.fleetman.description;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** What the body of one method shows, not counting what it calls. */
final class Facts {
    final List<Call> calls = new ArrayList<>();
    final Set<Raised> problems = new TreeSet<>();
    final List<Asked> rules = new ArrayList<>();
    final List<TypeMirror> answers = new ArrayList<>();
    /** Which of its parameters it answers, where that may be anything; -1 for none. */
    int answeredParameter = -1;

    final Set<Integer> statuses = new TreeSet<>();
    final Set<String> headers = new LinkedHashSet<>();
    final List<Sent> events = new ArrayList<>();

    @Nullable
    TypeMirror optionalBody;

    @Nullable
    String returned;

    /** A problem that it may raise. */
    record Raised(int status, String code) implements Comparable<Raised> {
        @Override
        public int compareTo(Raised other) {
            int byStatus = Integer.compare(status, other.status);
            return byStatus == 0 ? code.compareTo(other.code) : byStatus;
        }
    }

    /**
     * @param arguments what is known of them as text: {@code {0}} for the caller's own first parameter, {@code *} for what
     *     is not known
     * @param types of the arguments
     */
    record Call(
            ExecutableElement method, List<String> arguments, List<? extends TypeMirror> types, boolean conditional) {}

    /** @param field its name, in the same notation */
    record Asked(String field, Rule rule) {}

    /** An event that the stream sends by itself. */
    record Sent(String name, TypeMirror data) {}
}

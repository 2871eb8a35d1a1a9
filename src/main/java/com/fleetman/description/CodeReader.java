package com.fleetman.description;

import com.fleetman.description.Facts.Asked;
import com.fleetman.description.Facts.Call;
import com.fleetman.description.Facts.Raised;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/** What methods do, with all that they call: which problems they may raise, and what they ask of fields. */
final class CodeReader {
    private static final Facts NONE = new Facts();

    private final Map<Element, Facts> facts = new HashMap<>();
    private final Map<Element, Map<String, Rule>> rules = new HashMap<>();

    CodeReader(Sources sources) {
        var reader = new MethodReader(sources, facts);
        sources.units().forEach(unit -> reader.scan(unit, null));
    }

    Facts of(Element method) {
        return facts.getOrDefault(method, NONE);
    }

    /** The problems that a call of the method can end with. */
    Set<Raised> problems(ExecutableElement method) {
        var problems = new TreeSet<Raised>();
        reached(method, called -> true).forEach(reached -> problems.addAll(of(reached).problems));
        return problems;
    }

    /** The method and those of its class that it calls. */
    Set<Element> own(ExecutableElement method) {
        Element type = method.getEnclosingElement();
        return reached(method, called -> Objects.equals(called.getEnclosingElement(), type));
    }

    private Set<Element> reached(ExecutableElement method, Predicate<Element> through) {
        var reached = new LinkedHashSet<Element>();
        var next = new ArrayList<Element>(List.of(method));
        while (!next.isEmpty()) {
            Element one = next.remove(next.size() - 1);
            if (reached.add(one)) {
                of(one).calls.stream().map(Call::method).filter(through).forEach(next::add);
            }
        }
        return reached;
    }

    /** What is asked of the fields by name: {@code items.*.name} for those of a list. */
    Map<String, Rule> rules(ExecutableElement method) {
        return rules(method, new HashSet<>());
    }

    private Map<String, Rule> rules(Element method, Set<Element> callers) {
        Map<String, Rule> known = rules.get(method);
        if (known != null) {
            return known;
        }
        var asked = new LinkedHashMap<String, Rule>();
        if (!callers.add(method)) {
            return asked;
        }
        for (Asked own : of(method).rules) {
            asked.merge(own.field(), own.rule(), Rule::and);
        }
        for (Call call : of(method).calls) {
            rules(call.method(), callers)
                    .forEach((field, rule) ->
                            asked.merge(filledIn(field, call.arguments()), rule.under(call.conditional()), Rule::and));
        }
        callers.remove(method);
        rules.put(method, asked);
        return asked;
    }

    private static String filledIn(String field, List<String> arguments) {
        String text = field;
        for (int i = 0; i < arguments.size(); i++) {
            // Not again: the argument may be a parameter of the caller itself.
            text = text.replace("{" + i + "}", arguments.get(i).replace("{", "\u0001"));
        }
        return text.replace('\u0001', '{');
    }
}

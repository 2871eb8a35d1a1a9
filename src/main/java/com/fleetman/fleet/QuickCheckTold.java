package com.fleetman.fleet;

import com.fleetman.notification.NewNotification;
import com.fleetman.notification.Priority;
import com.fleetman.platform.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the owner and the history are told of a quick check. */
final class QuickCheckTold {
    /** How many characters of the failed items' names and notes are told: the most for which there is room. */
    private static final int[] LENGTHS = {100, 80, 60, 50, 40, 30, 25, 20, 15, 10};

    private static final Set<String> OF_THE_MACHINE =
            Set.of("machineId", "machineName", "nickname", "executedById", "executedByName");

    private final Machine machine;
    private final CheckResult result;
    private final Map<String, Object> metadata;

    /** @param mostBytes of the notification's metadata as JSON */
    QuickCheckTold(Machine machine, QuickCheck check, String executedByName, int mostBytes) {
        List<CheckedItem> items = check.items();
        this.machine = machine;
        this.result = check.result();
        this.metadata = new LinkedHashMap<>();
        metadata.put("machineId", machine.id());
        metadata.put("machineName", machine.serialNumber());
        metadata.put("nickname", machine.nickname());
        metadata.put("quickCheckId", check.id());
        metadata.put("result", result);
        metadata.put("responsibleName", check.responsibleName());
        metadata.put("executedById", check.executedBy());
        metadata.put("executedByName", executedByName);
        metadata.put("approvedCount", CheckedItem.count(items, ItemResult.APPROVED));
        metadata.put("disapprovedCount", CheckedItem.count(items, ItemResult.DISAPPROVED));
        metadata.put("omittedCount", CheckedItem.count(items, ItemResult.OMITTED));
        if (result == CheckResult.DISAPPROVED) {
            metadata.put("failedItems", List.of());
            metadata.put("failedItems", failedItems(items, mostBytes - bytes(metadata) + bytes(List.of())));
        }
    }

    record FailedItem(String name, @Nullable String note) {}

    /** All disapproved items with as much of their texts as there is room for; the last are left out if that is little. */
    static List<FailedItem> failedItems(List<CheckedItem> items, int mostBytes) {
        List<FailedItem> failed = List.of();
        for (int length : LENGTHS) {
            failed = items.stream()
                    .filter(item -> item.result() == ItemResult.DISAPPROVED)
                    .map(item -> new FailedItem(
                            cut(item.name(), length), item.note() == null ? null : cut(item.note(), length)))
                    .toList();
            if (bytes(failed) <= mostBytes) {
                return failed;
            }
        }
        var first = new ArrayList<>(failed);
        while (!first.isEmpty() && bytes(first) > mostBytes) {
            first.removeLast();
        }
        return first;
    }

    /** The first characters, never half of one that takes two UTF-16 units. */
    private static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    private static int bytes(Object json) {
        return Json.write(json).getBytes(StandardCharsets.UTF_8).length;
    }

    NewNotification notification() {
        NewNotification told = NewNotification.of(
                        result.type(), result.key() + ".title", result.key() + ".description", metadata)
                .leadingTo("/machines/" + machine.id() + "/quick-checks")
                .from("QUICKCHECK");
        return result == CheckResult.DISAPPROVED ? told.pressing(Priority.HIGH) : told;
    }

    /** The same without what a line of a history says anyway. */
    Map<String, Object> event() {
        var event = new LinkedHashMap<>(metadata);
        event.keySet().removeAll(OF_THE_MACHINE);
        return event;
    }
}

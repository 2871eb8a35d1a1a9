package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fleetman.notification.NewNotification;
import com.fleetman.notification.Priority;
import com.fleetman.platform.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickCheckToldTest {
    private static final Instant NOW = Instant.parse("2026-01-10T12:00:00Z");
    private static final UUID EXECUTOR = UUID.randomUUID();
    private static final int MOST = 8_192;

    private static Machine machine(@Nullable String nickname, String serial) {
        return new Machine(
                UUID.randomUUID(),
                new Machine.Names(serial, "Liebherr", "LTM 1030", nickname),
                MachineStatus.ACTIVE,
                new UsageSchedule(BigDecimal.TEN, List.of()),
                BigDecimal.ZERO,
                ZoneOffset.UTC,
                NOW);
    }

    private static QuickCheck check(Machine machine, String responsible, CheckedItem... items) {
        var command = new RecordQuickCheck.Command(
                machine.id(), CheckResult.following(List.of(items)), List.of(items), responsible, "W-1", null, null);
        return new QuickCheck(command, List.of(items), EXECUTOR, NOW);
    }

    @Test
    void aDisapprovedCheckPressesAndNamesWhatFailed() {
        Machine machine = machine(null, "LTM-7");
        QuickCheck check = check(
                machine,
                "Ana",
                new CheckedItem("Brakes", ItemResult.DISAPPROVED, "worn"),
                new CheckedItem("Lights", ItemResult.APPROVED, "new"),
                new CheckedItem("Oil", ItemResult.DISAPPROVED, null),
                new CheckedItem("Horn", ItemResult.OMITTED, null));
        var told = new QuickCheckTold(machine, check, "Taller", MOST);

        NewNotification notification = told.notification();
        assertThat(notification.type()).isEqualTo("QUICKCHECK_DISAPPROVED");
        assertThat(notification.title()).isEqualTo("notification.quickcheck.disapproved.title");
        assertThat(notification.message()).isEqualTo("notification.quickcheck.disapproved.description");
        assertThat(notification.priority()).isEqualTo(Priority.HIGH);
        assertThat(notification.source()).isEqualTo("QUICKCHECK");
        assertThat(notification.actionUrl()).isEqualTo("/machines/" + machine.id() + "/quick-checks");
        String common = "\"approvedCount\":1,\"disapprovedCount\":2,\"omittedCount\":1,"
                + "\"failedItems\":[{\"name\":\"Brakes\",\"note\":\"worn\"},{\"name\":\"Oil\",\"note\":null}]}";
        assertThat(Json.write(notification.metadata()))
                .isEqualTo("{\"machineId\":\"" + machine.id() + "\",\"machineName\":\"LTM-7\",\"nickname\":null,"
                        + "\"quickCheckId\":\"" + check.id() + "\",\"result\":\"disapproved\","
                        + "\"responsibleName\":\"Ana\",\"executedById\":\"" + EXECUTOR
                        + "\",\"executedByName\":\"Taller\"," + common);
        assertThat(Json.write(told.event()))
                .isEqualTo("{\"quickCheckId\":\"" + check.id()
                        + "\",\"result\":\"disapproved\",\"responsibleName\":\"Ana\"," + common);
    }

    @Test
    void theOthersDoNotPressAndHaveNothingThatFailed() {
        Machine machine = machine("Bertha", "LTM-7");
        NewNotification approved = new QuickCheckTold(
                        machine, check(machine, "Ana", new CheckedItem("Oil", ItemResult.APPROVED, null)), "T", MOST)
                .notification();
        NewNotification omitted = new QuickCheckTold(
                        machine, check(machine, "Ana", new CheckedItem("Oil", ItemResult.OMITTED, null)), "T", MOST)
                .notification();

        assertThat(approved.type()).isEqualTo("QUICKCHECK_APPROVED");
        assertThat(approved.title()).isEqualTo("notification.quickcheck.approved.title");
        assertThat(approved.message()).isEqualTo("notification.quickcheck.approved.description");
        assertThat(approved.priority()).isEqualTo(Priority.NORMAL);
        assertThat(approved.metadata()).containsEntry("nickname", "Bertha").doesNotContainKey("failedItems");
        assertThat(omitted.type()).isEqualTo("QUICKCHECK_NOT_INITIATED");
        assertThat(omitted.title()).isEqualTo("notification.quickcheck.not_initiated.title");
        assertThat(omitted.message()).isEqualTo("notification.quickcheck.not_initiated.description");
        assertThat(omitted.priority()).isEqualTo(Priority.NORMAL);
        assertThat(Json.write(omitted.metadata())).contains("\"result\":\"notInitiated\"");
    }

    private static CheckedItem[] failures(String name, @Nullable String note) {
        var items = new ArrayList<CheckedItem>();
        for (int i = 10; i < 60; i++) {
            items.add(new CheckedItem(i + name, ItemResult.DISAPPROVED, note));
        }
        return items.toArray(CheckedItem[]::new);
    }

    @SuppressWarnings("unchecked")
    private static List<QuickCheckTold.FailedItem> failedItems(NewNotification told) {
        return (List<QuickCheckTold.FailedItem>)
                Objects.requireNonNull(told.metadata().get("failedItems"));
    }

    private static int bytes(Object json) {
        return Json.write(json).getBytes(StandardCharsets.UTF_8).length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "漢", "🚜", "\"", "👩\u200d🔧"})
    void fiftyFailuresWithLongTextsAreAllNamedInLittleRoom(String character) {
        Machine machine = machine(character.repeat(20), character.repeat(20));
        QuickCheck check = check(
                machine,
                character.repeat(100 / character.codePointCount(0, character.length())),
                failures(character.repeat(32), character.repeat(160)));

        NewNotification told = new QuickCheckTold(machine, check, character.repeat(20), MOST).notification();

        assertThat(bytes(told.metadata())).isBetween(MOST / 2, MOST);
        assertThat(failedItems(told)).hasSize(50).allSatisfy(item -> {
            assertThat(item.name().substring(2)).isNotEmpty();
            assertThat(character.repeat(32)).startsWith(item.name().substring(2));
            assertThat(character.repeat(160)).startsWith(String.valueOf(item.note()));
            assertThat(item.name().codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
            assertThat(String.valueOf(item.note()).codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 2_000, 4_096})
    void theLastFailuresAreLeftOutWhereEvenShortTextsDoNotFit(int most) {
        Machine machine = machine("\u0001".repeat(30), "x");
        QuickCheck check = check(machine, "Ana", failures("\u0001".repeat(98), "\u0001".repeat(500)));

        NewNotification told = new QuickCheckTold(machine, check, "T", most).notification();

        assertThat(bytes(told.metadata())).isBetween(most - 400, most);
        assertThat(failedItems(told)).isNotEmpty().hasSizeLessThanOrEqualTo(50);
        assertThat(failedItems(told).get(0).name()).startsWith("10");
        assertThat(told.metadata()).containsEntry("disapprovedCount", 50);
    }

    @Test
    void textsThatFitAreNotCutBelowAHundredCharacters() {
        Machine machine = machine("Bertha", "LTM-7");
        QuickCheck check = check(
                machine,
                "Ana",
                new CheckedItem("n".repeat(100), ItemResult.DISAPPROVED, "🚜".repeat(500)),
                new CheckedItem("Oil", ItemResult.DISAPPROVED, "x".repeat(100)));

        NewNotification told = new QuickCheckTold(machine, check, "T", MOST).notification();

        assertThat(failedItems(told))
                .containsExactly(
                        new QuickCheckTold.FailedItem("n".repeat(100), "🚜".repeat(100)),
                        new QuickCheckTold.FailedItem("Oil", "x".repeat(100)));
    }
}

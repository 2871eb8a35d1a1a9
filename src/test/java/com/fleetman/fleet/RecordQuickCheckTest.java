package com.fleetman.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fleetman.platform.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordQuickCheckTest {
    private static final UUID MACHINE = UUID.randomUUID();

    private static CheckedItem.Body item(@Nullable String name, @Nullable String result) {
        return new CheckedItem.Body(name, result, null);
    }

    private static RecordQuickCheck.Body body(@Nullable String result, CheckedItem.@Nullable Body... items) {
        return new RecordQuickCheck.Body(result, Arrays.asList(items), "Ana", "W-1", null);
    }

    private static RecordQuickCheck.Command command(RecordQuickCheck.Body body) {
        return RecordQuickCheck.Command.of(MACHINE, body, null);
    }

    private static String refused(ThrowingCallable call) {
        Problem problem = catchThrowableOfType(Problem.class, call);
        assertThat(problem).isNotNull();
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("validation_failed");
        return String.join(
                ", ",
                problem.body().errors().stream()
                        .map(error -> error.field() + ": " + error.code())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "approved, approved",
        "approved omitted, approved",
        "omitted approved omitted, approved",
        "disapproved, disapproved",
        "approved disapproved, disapproved",
        "omitted disapproved, disapproved",
        "omitted, notInitiated",
        "omitted omitted, notInitiated",
    })
    void theResultFollowsFromTheItemsAndNoOtherIsTaken(String items, String only) {
        var sent = new ArrayList<CheckedItem.Body>();
        var names = new ArrayList<String>();
        for (String result : items.split(" ", -1)) {
            names.add("n" + names.size());
            sent.add(item(names.get(names.size() - 1), result));
        }
        for (String result : List.of("approved", "disapproved", "notInitiated")) {
            var command = command(body(result, sent.toArray(CheckedItem.Body[]::new)));
            if (result.equals(only)) {
                assertThat(command.itemsBy(names)).hasSameSizeAs(names);
            } else {
                assertThat(refused(() -> command.itemsBy(names))).isEqualTo("result: contradicts_items");
            }
        }
    }

    @Test
    void itemsComeIntoTheOrderOfTheTemplate() {
        var command = command(body("approved", item("b", "omitted"), item("c", "approved"), item("a", "approved")));

        assertThat(command.itemsBy(List.of("a", "b", "c")))
                .extracting(CheckedItem::name)
                .containsExactly("a", "b", "c");
    }

    @Test
    void itemsMustBeExactlyThoseOfTheTemplate() {
        List<String> template = List.of("Brakes", "Lights", "Oil");

        var wrong = command(body(
                "approved",
                item("brakes", "approved"),
                item("Lights", "approved"),
                item("Lights", "omitted"),
                item("Horn", "disapproved")));
        assertThat(refused(() -> wrong.itemsBy(template)))
                .isEqualTo("items.0.name: unknown_item, items.2.name: duplicate_item, items.3.name: unknown_item,"
                        + " items: missing_item, result: contradicts_items");
        Problem problem = catchThrowableOfType(Problem.class, () -> wrong.itemsBy(template));
        assertThat(problem.body().errors().get(3).message()).endsWith("Brakes, Oil");
        var none = command(body("notInitiated"));
        assertThat(refused(() -> none.itemsBy(template))).isEqualTo("items: missing_item");
    }

    @Test
    void everyFieldThatIsWrongIsNamed() {
        var nothing = new RecordQuickCheck.Body(null, null, null, null, null);
        assertThat(refused(() -> RecordQuickCheck.Command.of(MACHINE, nothing, "")))
                .isEqualTo("result: required, items: required, responsibleName: required,"
                        + " responsibleWorkerId: required, Idempotency-Key: blank");
        var wrong = new RecordQuickCheck.Body(
                "APPROVED",
                Arrays.asList(
                        null,
                        item(null, null),
                        new CheckedItem.Body(" ", "notInitiated", "\u3000"),
                        new CheckedItem.Body("🚜".repeat(101), "omitted", "🚜".repeat(501))),
                "n".repeat(101),
                "w".repeat(51),
                " ");
        assertThat(refused(() -> RecordQuickCheck.Command.of(MACHINE, wrong, "k".repeat(256))))
                .isEqualTo("result: unknown_value, items.0: required, items.1.name: required, items.1.result: required,"
                        + " items.2.name: blank, items.2.result: unknown_value, items.2.note: blank,"
                        + " items.3.name: too_long, items.3.note: too_long, responsibleName: too_long,"
                        + " responsibleWorkerId: too_long, observations: blank, Idempotency-Key: too_long");
        assertThat(refused(() -> command(body(
                        "approved",
                        Collections.nCopies(51, item("x", "approved")).toArray(CheckedItem.Body[]::new)))))
                .isEqualTo("items: too_many");
    }

    @Test
    void textsAreTrimmedAndTakenToTheirFullLength() {
        var command = RecordQuickCheck.Command.of(
                MACHINE,
                new RecordQuickCheck.Body(
                        "approved",
                        List.of(new CheckedItem.Body(
                                " " + "🚜".repeat(100) + "\n", "approved", "\u00a0" + "🔧".repeat(500))),
                        " " + "é".repeat(100),
                        "7".repeat(50) + "\t",
                        "\n" + "🚧".repeat(1_000) + " "),
                "k".repeat(255));

        assertThat(command.items())
                .containsExactly(new CheckedItem("🚜".repeat(100), ItemResult.APPROVED, "🔧".repeat(500)));
        assertThat(command.responsibleName()).isEqualTo("é".repeat(100));
        assertThat(command.responsibleWorkerId()).isEqualTo("7".repeat(50));
        assertThat(command.observations()).isEqualTo("🚧".repeat(1_000));
    }

    @Test
    void aTemplateHasOneToFiftyDifferentNames() {
        assertThat(names(" Brakes\n", "e\u0301", "🚜".repeat(100)).names())
                .containsExactly("Brakes", "e\u0301", "🚜".repeat(100));
        assertThat(refused(() -> new QuickCheckTemplate.Body(null).names())).isEqualTo("items: required");
        assertThat(refused(() -> names().names())).isEqualTo("items: too_few");
        var many = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            many.add("n" + i);
        }
        assertThat(names(many.toArray(String[]::new)).names()).isEqualTo(many);
        many.add("one more");
        assertThat(refused(() -> names(many.toArray(String[]::new)).names())).isEqualTo("items: too_many");
        assertThat(refused(() -> names("Öl", "ÖL", " ", null, " öl ", "x".repeat(101), "", null)
                        .names()))
                .isEqualTo("items.1.name: duplicate_item, items.2.name: blank, items.3.name: required,"
                        + " items.4.name: duplicate_item, items.5.name: too_long, items.6.name: blank,"
                        + " items.7.name: required");
        assertThat(refused(() -> new QuickCheckTemplate.Body(Collections.singletonList(null)).names()))
                .isEqualTo("items.0.name: required");
    }

    private static QuickCheckTemplate.Body names(@Nullable String... names) {
        return new QuickCheckTemplate.Body(
                Arrays.stream(names).map(QuickCheckTemplate.Body.Item::new).toList());
    }
}

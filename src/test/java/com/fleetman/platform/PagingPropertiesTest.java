package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Whatever a list holds and whatever a client sends as cursor: each item once, in order, or a clear refusal. */
class PagingPropertiesTest {
    private static final String KIND = "things";

    @Provide
    Arbitrary<String> key() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(40)
                .map(text -> text.codePoints()
                        .filter(c -> c != '\n' && c != 0 && !(c >= 0xD800 && c <= 0xDFFF))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    @Property(tries = 500)
    void aCursorComesBackAsItWas(@ForAll @Size(min = 1, max = 4) List<@net.jqwik.api.From("key") String> keys) {
        var cursor = new Cursor(KIND, keys);

        assertThat(Cursor.parse(KIND, keys.size(), cursor.encode())).contains(cursor);
        assertThatThrownBy(() -> Cursor.parse("others", keys.size(), cursor.encode()))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Cursor.parse(KIND, keys.size() + 1, cursor.encode()))
                .isInstanceOf(Problem.class);
    }

    /** Nothing that a client can send breaks it. */
    @Property(tries = 1_000)
    void anyTextIsACursorOrRefused(@ForAll String text) {
        try {
            Optional<Cursor> cursor = Cursor.parse(KIND, 2, text);
            cursor.ifPresent(found -> {
                assertThat(found.keys()).hasSize(2);
                assertThat(numberOf(found)).isGreaterThanOrEqualTo(-1);
            });
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("invalid_cursor");
        }
    }

    private static long numberOf(Cursor cursor) {
        try {
            return cursor.number(0);
        } catch (Problem refused) {
            return -1;
        }
    }

    @Property(tries = 300)
    void thePagesOfAListAreTheList(
            @ForAll @IntRange(max = 120) int size, @ForAll @IntRange(min = 1, max = 40) int limit) {
        List<Integer> all = IntStream.range(0, size).boxed().toList();
        var read = new ArrayList<Integer>();
        @Nullable String next = null;
        int pages = 0;
        do {
            long after =
                    Cursor.parse(KIND, 1, next).map(cursor -> cursor.number(0)).orElse(-1L);
            List<Integer> rows =
                    all.stream().filter(row -> row > after).limit(limit + 1L).toList();
            Page<Integer> page = Page.of(rows, limit, row -> Cursor.of(KIND, row), row -> row);
            assertThat(page.items().size()).isLessThanOrEqualTo(limit);
            read.addAll(page.items());
            next = page.nextCursor();
            pages++;
        } while (next != null);

        assertThat(read).isEqualTo(all);
        assertThat(pages).isEqualTo(Math.max(1, (size + limit - 1) / limit));
    }
}

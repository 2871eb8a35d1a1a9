package com.fleetman.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.lang.annotation.Retention;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.engine.internal.ManagedTypeHelper;
import org.junit.jupiter.api.Test;

class TypeCachesTest {
    @Entity
    static class Machine implements Comparable<Machine> {
        @Id
        UUID id = new UUID(0, 0);

        @Column
        Instant made = Instant.EPOCH;

        @Override
        public int compareTo(Machine other) {
            return id.compareTo(other.id);
        }
    }

    @Test
    void findsAllTypesThatAnEntityIsDeclaredWith() {
        assertThat(TypeCaches.declaredWith(List.of(Machine.class)))
                .contains(
                        Machine.class,
                        Object.class,
                        Comparable.class,
                        UUID.class,
                        Instant.class,
                        Entity.class,
                        Id.class,
                        Column.class,
                        Retention.class);
    }

    @Test
    void takesBackWhatHibernateNotesAtATypeOfTheJdk() throws ReflectiveOperationException {
        var field = ManagedTypeHelper.class.getDeclaredField("typeMetaCache");
        field.setAccessible(true);
        var notes = (ClassValue<?>) field.get(null);
        Object noted = notes.get(UUID.class);
        assertThat(notes.get(UUID.class)).isSameAs(noted);

        TypeCaches.clear(List.of(Machine.class));

        // A new note is made when one asks again.
        assertThat(notes.get(UUID.class)).isNotSameAs(noted);
    }
}

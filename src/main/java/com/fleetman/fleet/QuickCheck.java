package com.fleetman.fleet;

import com.fleetman.platform.Ids;
import com.fleetman.platform.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What somebody found when looking over a machine; it never changes. */
@Entity
@Immutable
@Table(name = "quick_check")
class QuickCheck {
    @Id
    private UUID id;

    @Column(name = "number", insertable = false, updatable = false)
    private long number;

    @Column(name = "machine_id")
    private UUID machineId;

    /** A code of {@link CheckResult}. */
    @Column(name = "result")
    private String result;

    @ColumnTransformer(write = "cast(? as jsonb)")
    @Column(name = "items")
    private String items;

    @Column(name = "responsible_name")
    private String responsibleName;

    @Column(name = "responsible_worker_id")
    private String responsibleWorkerId;

    @Column(name = "observations")
    private @Nullable String observations;

    @Column(name = "executed_by")
    private UUID executedBy;

    @Column(name = "executed_at")
    private Instant executedAt;

    @Column(name = "idempotency_key")
    private @Nullable String idempotencyKey;

    @SuppressWarnings("NullAway.Init")
    protected QuickCheck() {}

    /** @param items those of the command, in the order of the template */
    QuickCheck(RecordQuickCheck.Command command, List<CheckedItem> items, UUID executedBy, Instant now) {
        this.id = Ids.next();
        this.machineId = command.machineId();
        this.result = command.result().code();
        this.items = Json.write(items);
        this.responsibleName = command.responsibleName();
        this.responsibleWorkerId = command.responsibleWorkerId();
        this.observations = command.observations();
        this.executedBy = executedBy;
        this.executedAt = now;
        this.idempotencyKey = command.idempotencyKey();
    }

    UUID id() {
        return id;
    }

    long number() {
        return number;
    }

    UUID machineId() {
        return machineId;
    }

    CheckResult result() {
        return Coded.find(result, CheckResult.class).orElseThrow();
    }

    List<CheckedItem> items() {
        return List.of(Json.read(items, CheckedItem[].class));
    }

    String responsibleName() {
        return responsibleName;
    }

    UUID executedBy() {
        return executedBy;
    }

    /** Whether it is what the command asks for, so that a retry of it may be answered with this check. */
    boolean isResultOf(RecordQuickCheck.Command command) {
        List<CheckedItem> own = items();
        return machineId.equals(command.machineId())
                && result.equals(command.result().code())
                && own.size() == command.items().size()
                && new HashSet<>(own).equals(new HashSet<>(command.items()))
                && responsibleName.equals(command.responsibleName())
                && responsibleWorkerId.equals(command.responsibleWorkerId())
                && Objects.equals(observations, command.observations());
    }

    QuickCheckView view(String executedByName) {
        return new QuickCheckView(
                id,
                machineId,
                result(),
                items(),
                responsibleName,
                responsibleWorkerId,
                observations,
                executedBy,
                executedByName,
                executedAt);
    }
}

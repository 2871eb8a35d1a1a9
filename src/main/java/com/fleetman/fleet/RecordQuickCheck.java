package com.fleetman.fleet;

import com.fleetman.identity.Caller;
import com.fleetman.identity.User;
import com.fleetman.identity.Users;
import com.fleetman.notification.NotifyUser;
import com.fleetman.platform.Fields;
import com.fleetman.platform.Problem;
import com.fleetman.platform.Settings;
import com.fleetman.stream.Inbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records a quick check of a machine and tells its owner, even one who did it: a company has many devices. */
@ApplicationScoped
@Transactional
class RecordQuickCheck {
    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_RESPONSIBLE = 100;
    private static final int LONGEST_WORKER_ID = 50;
    private static final int LONGEST_OBSERVATIONS = 1_000;

    private final EntityManager entities;
    private final Machines machines;
    private final History history;
    private final Users users;
    private final NotifyUser notifyUser;
    private final Settings.Limits limits;
    private final Clock clock;

    @Inject
    RecordQuickCheck(
            EntityManager entities,
            Machines machines,
            History history,
            Users users,
            NotifyUser notifyUser,
            Settings settings,
            Clock clock) {
        this.entities = entities;
        this.machines = machines;
        this.history = history;
        this.users = users;
        this.notifyUser = notifyUser;
        this.limits = settings.limits();
        this.clock = clock;
    }

    /** As it is sent. */
    record Body(
            @Nullable String result,
            @Nullable List<CheckedItem.@Nullable Body> items,
            @Nullable String responsibleName,
            @Nullable String responsibleWorkerId,
            @Nullable String observations) {}

    /** A quick check to be recorded, checked as far as that needs no template. */
    record Command(
            UUID machineId,
            CheckResult result,
            List<CheckedItem> items,
            String responsibleName,
            String responsibleWorkerId,
            @Nullable String observations,
            @Nullable String idempotencyKey) {

        /** @throws Problem 400 {@code validation_failed} */
        static Command of(UUID machineId, Body body, @Nullable String idempotencyKey) {
            var fields = new Fields();
            var command = new Command(
                    machineId,
                    Coded.check(fields, "result", body.result(), CheckResult.class),
                    CheckedItem.check(fields, body.items()),
                    fields.trimmed("responsibleName", body.responsibleName(), LONGEST_RESPONSIBLE),
                    fields.trimmed("responsibleWorkerId", body.responsibleWorkerId(), LONGEST_WORKER_ID),
                    fields.optional("observations", body.observations(), LONGEST_OBSERVATIONS)
                            .orElse(null),
                    idempotencyKey);
            if (idempotencyKey != null) {
                fields.text("Idempotency-Key", idempotencyKey, 1, LONGEST_KEY);
            }
            fields.check();
            return command;
        }

        /**
         * The items in the order of the template.
         *
         * @throws Problem 400 {@code validation_failed} if they are not those of the template, or the result is not what
         *     follows from them
         */
        List<CheckedItem> itemsBy(List<String> template) {
            var fields = new Fields();
            List<CheckedItem> ordered = QuickCheckTemplate.inOrder(fields, template, items);
            CheckResult following = CheckResult.following(items);
            if (result != following) {
                fields.reject("result", "contradicts_items", "result must be " + following.code() + " for these items");
            }
            fields.check();
            return ordered;
        }
    }

    /**
     * Records it, or answers what the first request with the same idempotency key was answered.
     *
     * @throws Problem 404 {@code machine_not_found}, 409 {@code machine_retired} or {@code template_missing}, 400
     *     {@code validation_failed}, 422 {@code idempotency_key_reused} if the key belongs to another quick check
     */
    QuickCheckView add(Caller caller, Command command) {
        Machine machine = machines.lock(caller, command.machineId()).machine();
        Map<UUID, Inbox> inboxes = machines.lockInboxes(machine, caller.userId());
        User executor = users.requireActive(caller.userId());
        Optional<QuickCheck> before = recordedBefore(caller.userId(), command);
        if (before.isPresent()) {
            return before.get().view(executor.companyName());
        }
        if (machine.status() == MachineStatus.RETIRED) {
            throw Problem.conflict("machine_retired", "a retired machine takes no quick checks");
        }
        QuickCheckTemplate template = entities.find(QuickCheckTemplate.class, machine.id());
        if (template == null) {
            throw Problem.conflict("template_missing", "the machine has no template of quick checks yet");
        }
        List<CheckedItem> items = command.itemsBy(template.names());
        var check = new QuickCheck(command, items, executor.id(), clock.instant());
        entities.persist(check);
        var told = new QuickCheckTold(machine, check, executor.companyName(), limits.metadataBytes());
        history.add(machine, check.result().event(), executor.id(), told.event());
        notifyUser.notify(owners(inboxes, machine), told.notification());
        return check.view(executor.companyName());
    }

    /**
     * The executor's inbox is held, whatever the machine, so a concurrent request with the same key is either done or has
     * not begun.
     */
    private Optional<QuickCheck> recordedBefore(UUID executor, Command command) {
        if (command.idempotencyKey() == null) {
            return Optional.empty();
        }
        Optional<QuickCheck> known = entities.createQuery(
                        "select c from QuickCheck c where c.executedBy = :executor and c.idempotencyKey = :key",
                        QuickCheck.class)
                .setParameter("executor", executor)
                .setParameter("key", command.idempotencyKey())
                .getResultStream()
                .findFirst();
        if (known.isPresent() && !known.get().isResultOf(command)) {
            throw Problem.of(422, "idempotency_key_reused", "this Idempotency-Key belongs to another quick check");
        }
        return known;
    }

    private static Inbox owners(Map<UUID, Inbox> inboxes, Machine machine) {
        Inbox inbox = inboxes.get(machine.ownerId());
        if (inbox == null) {
            throw new IllegalStateException("the owner of machine " + machine.id() + " has no inbox");
        }
        return inbox;
    }
}

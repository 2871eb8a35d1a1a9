package com.fleetman.fleet;

import java.util.List;
import java.util.Locale;

/** What a quick check says of the machine. */
enum CheckResult implements Coded {
    /** Nothing is disapproved, and something is approved. */
    APPROVED("approved"),
    /** Something is disapproved. */
    DISAPPROVED("disapproved"),
    /** All is omitted. */
    NOT_INITIATED("notInitiated");

    private final String code;

    CheckResult(String code) {
        this.code = code;
    }

    /** The only result that these items allow. */
    static CheckResult following(List<CheckedItem> items) {
        if (CheckedItem.count(items, ItemResult.DISAPPROVED) > 0) {
            return DISAPPROVED;
        }
        return CheckedItem.count(items, ItemResult.APPROVED) > 0 ? APPROVED : NOT_INITIATED;
    }

    @Override
    public String code() {
        return code;
    }

    /** The type of the owner's notification. */
    String type() {
        return "QUICKCHECK_" + name();
    }

    /** The i18n keys of the owner's notification begin with it. */
    String key() {
        return "notification.quickcheck." + name().toLowerCase(Locale.ROOT);
    }

    MachineEventType event() {
        return switch (this) {
            case APPROVED -> MachineEventType.QUICKCHECK_APPROVED;
            case DISAPPROVED -> MachineEventType.QUICKCHECK_DISAPPROVED;
            case NOT_INITIATED -> MachineEventType.QUICKCHECK_NOT_INITIATED;
        };
    }
}

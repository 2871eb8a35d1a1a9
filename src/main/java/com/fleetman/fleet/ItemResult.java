package com.fleetman.fleet;

/** What a quick check says of one item. */
enum ItemResult implements Coded {
    APPROVED("approved"),
    DISAPPROVED("disapproved"),
    OMITTED("omitted");

    private final String code;

    ItemResult(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}

package io.tidemill.api.relay;

/** A name, or one of its addresses, is not one that is connected to on behalf of a user. */
final class AddressRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    AddressRefusedException() {
        super("not an address of the public internet", null, false, false);
    }
}

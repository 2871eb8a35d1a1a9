package com.fleetman.chaos;

import com.fleetman.testing.Account;
import com.fleetman.testing.Background;
import com.fleetman.testing.Node;
import com.fleetman.testing.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The users with their contacts and devices, spread over both nodes, and an administrator. */
final class Population {
    private static final int[] CONTACTS = {1, 7, 50};
    private static final int MOST_DEVICES = 3;
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private final List<List<Device>> devices;
    private final Session administrator;
    private final List<CompletableFuture<Void>> lives = new ArrayList<>();

    private Population(List<List<Device>> devices, Session administrator) {
        this.devices = devices;
        this.administrator = administrator;
    }

    /**
     * Makes everybody while nothing goes wrong yet. What takes the time of a sign-in for each device, over HTTP, is put into
     * the tables: a device begins with a refresh token.
     *
     * @param end of the devices
     */
    static Population make(int users, Random random, Chronicle chronicle, End end) {
        Account model = Account.register(Node.first(), "Caos");
        List<Account> accounts = IntStream.range(0, users)
                .mapToObj(user -> account(model, "caos-" + user + "-" + model.id()))
                .toList();
        var devices = new ArrayList<List<Device>>();
        for (int user = 0; user < users; user++) {
            var own = new ArrayList<Device>();
            int number = random.nextInt(1, MOST_DEVICES + 1);
            for (int i = 0; i < number; i++) {
                var session = new Session(onAnotherDevice(accounts.get(user)), chronicle);
                own.add(new Device("user " + user + " device " + i, session, Requests.either(random), chronicle, end));
            }
            devices.add(own);
        }
        var population = new Population(List.copyOf(devices), new Session(makeAdministrator(), chronicle));
        for (int user = 0; user < users; user++) {
            for (int contact : population.contactsOf(user)) {
                Rows.update(
                        "insert into relation (owner_id, peer_id, contact_since) values (?, ?, now())",
                        accounts.get(user).id(),
                        accounts.get(contact).id());
            }
        }
        return population;
    }

    /** A user with the password of the model, who has no session. */
    private static Account account(Account model, String name) {
        UUID id = UUID.randomUUID();
        String email = name + "@fleetman.example";
        Rows.update("""
                with made as (
                    insert into app_user (id, email, password_hash, type, company_name, company_key, locale, roles, status,
                        created_at, updated_at)
                    select ?, ?, password_hash, type, company_name, company_key, locale, roles, status, created_at, updated_at
                    from app_user where id = ? returning id)
                insert into inbox (user_id, announced)
                select id, (select coalesce(max(number), 0) from announcement) from made""", id, email, model.id());
        return model.ofUser(id, email);
    }

    private static Account onAnotherDevice(Account account) {
        String refreshToken = "only-for-tests-" + UUID.randomUUID();
        Rows.update("""
                with made as (
                    insert into user_session (id, user_id, created_at, access_expires_at, expires_at)
                    values (gen_random_uuid(), ?, now(), now(), now() + interval '1 day') returning id)
                insert into refresh_token (hash, session_id, issued_at)
                select rtrim(translate(encode(sha256(convert_to(?, 'UTF8')), 'base64'), '+/', '-_'), '='), id, now()
                from made""", account.id(), refreshToken);
        return account.withRefreshToken(refreshToken);
    }

    private static Account makeAdministrator() {
        Account account = Account.register(Node.first(), "Caos Central");
        account.becomeAdministrator();
        return account.on(Node.first());
    }

    int users() {
        return devices.size();
    }

    Session administrator() {
        return administrator;
    }

    /** The session that a user's requests are made with: the first device's. */
    Session session(int user) {
        return devices.get(user).getFirst().session();
    }

    /** Whom the user may write to. */
    List<Integer> contactsOf(int user) {
        return IntStream.of(CONTACTS)
                .mapToObj(far -> (user + far) % users())
                .filter(contact -> contact != user)
                .distinct()
                .toList();
    }

    List<Device> devices() {
        return devices.stream().flatMap(List::stream).toList();
    }

    /** Lets all devices live; half of them renew their tokens before they expire. */
    void live(Duration tokenLife) {
        int i = 0;
        for (Device device : devices()) {
            lives.add(Background.run(device::live));
            if (i++ % 2 == 0) {
                lives.add(Background.run(
                        () -> device.renewEarly(tokenLife.multipliedBy(2).dividedBy(3))));
            }
        }
    }

    /** After the end has come: every device is gone. */
    void awaitGone() {
        devices().forEach(Device::reset);
        CompletableFuture.allOf(lives.toArray(CompletableFuture[]::new))
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}

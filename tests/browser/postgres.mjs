// A PostgreSQL cluster for one test file: own folder, own port, own password, gone afterwards.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

function binaries() {
  const home = "/usr/lib/postgresql";
  const versions = existsSync(home) ? readdirSync(home).filter((entry) => existsSync(join(home, entry, "bin/initdb"))) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (newest) return join(home, newest, "bin");
  const onPath = (process.env.PATH ?? "").split(":").find((folder) => existsSync(join(folder, "initdb")));
  if (onPath) return onPath;
  throw new Error("PostgreSQL is missing: `make need-test` installs it");
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** PostgreSQL refuses to run as root, so root hands it to the account that Debian's package made. */
function unprivileged() {
  if (process.getuid() !== 0) return null;
  const id = (flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** @returns {Promise<{url: string, port: number, folder: string, stop: () => Promise<void>}>} */
export async function startPostgres() {
  const bin = binaries();
  const who = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "kinfold-pg-"));
  const password = randomBytes(16).toString("hex");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (who) {
    chownSync(folder, who.uid, who.gid);
    chownSync(passwordFile, who.uid, who.gid);
  }
  const data = join(folder, "data");
  const as = { ...(who ?? {}), cwd: folder, env: { ...process.env, HOME: folder, LC_ALL: "C.UTF-8" } };
  const port = await freePort();
  let server;
  const stop = async () => {
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT"); // fast shutdown: connections are closed, nothing is waited for
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    execFileSync(join(bin, "initdb"), ["-D", data, "-U", "kinfold", "-E", "UTF8", "--no-sync", "-A", "scram-sha-256", `--pwfile=${passwordFile}`], { ...as, stdio: "pipe" });
    server = spawn(
      join(bin, "postgres"),
      ["-D", data, "-p", `${port}`, "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "logging_collector=off"],
      { ...as, stdio: ["ignore", "ignore", "pipe"] },
    );
    process.once("exit", () => server.kill("SIGQUIT"));
    await ready(server);
    execFileSync(join(bin, "createdb"), ["-h", "127.0.0.1", "-p", `${port}`, "-U", "kinfold", "kinfold"], {
      ...as,
      env: { ...as.env, PGPASSWORD: password },
      stdio: "pipe",
    });
  } catch (error) {
    await stop();
    throw new Error(`a private PostgreSQL could not be started: ${error.message}\n${error.stderr ?? ""}`);
  }
  return { url: `postgres://kinfold:${password}@127.0.0.1:${port}/kinfold`, port, folder, stop };
}

function ready(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (bytes) => {
      said += bytes;
      if (said.includes("database system is ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`postgres ended with ${code}:\n${said}`)));
  });
}

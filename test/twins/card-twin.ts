import type { Customization } from "../../src/core/customization.ts";
import type { Fault } from "../../src/core/fault.ts";
import type { Notice } from "../../src/core/notice.ts";
import type { Card } from "../../src/core/ports.ts";
import type { Drop, Thread, ThreadReader } from "../../src/core/thread-ports.ts";

/** What people see: the card's last state, and what was told, by key. */
export class CardTwin implements Card {
  readonly shown = new Map<string, Customization>();
  readonly said: { id: string; key: string; what: string }[] = [];
  fault: Fault | undefined;

  async show(c: Customization): Promise<string> {
    if (this.fault) throw this.fault;
    const last = this.shown.get(c.id);
    if (!last || last.version <= c.version) this.shown.set(c.id, c);
    return c.conversation.card ?? "100.000";
  }

  async deliver(c: Customization, notice: Notice, mayBeThere: boolean): Promise<string> {
    if (this.fault) throw this.fault;
    const before = this.said.findIndex((s) => s.id === c.id && s.key === notice.key);
    if (mayBeThere && before >= 0) return `200.${before}`;
    this.said.push({ id: c.id, key: notice.key, what: notice.content.type });
    return `200.${this.said.length - 1}`;
  }

  async forget(c: Customization): Promise<void> {
    this.shown.delete(c.id);
  }

  told(id = "AV-1"): string[] {
    return this.said.filter((s) => s.id === id).map((s) => s.what);
  }
}

export class ThreadsTwin implements ThreadReader {
  readonly posted: Drop[] = [];
  hasCard = true;

  async read(): Promise<Thread> {
    return { drops: this.posted, hasCard: this.hasCard };
  }
}

package org.mtl4j.server.model;

import java.time.Duration;
import java.time.Instant;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.version.Transition;
import org.mtl4j.server.version.VersionFolder;
import org.mtl4j.server.version.VersionStatus;

/** What is known of a version. For the thread that keeps its model. */
final class TrackedVersion {
  private VersionFolder folder;
  private Transition.State state = Transition.State.NEW;
  private HeldServable held;
  private int failures;
  private Instant retry = Instant.MAX;
  private String failure = "";

  TrackedVersion(VersionFolder folder) {
    this.folder = folder;
  }

  VersionFolder folder() {
    return folder;
  }

  HeldServable held() {
    return held;
  }

  /** Its files as they are now; a version that failed is tried again if they are other ones. */
  void saw(VersionFolder now) {
    if (state == Transition.State.FAILED && !now.equals(folder)) {
      state = Transition.State.NEW;
      failures = 0;
    }
    folder = now;
  }

  /** How far it is; one that failed is new again when its time has come. */
  Transition.State state(Instant now) {
    return state == Transition.State.FAILED && !now.isBefore(retry) ? Transition.State.NEW : state;
  }

  /** It is wanted again, after it was given up. */
  void renew() {
    if (state == Transition.State.ENDED) {
      state = Transition.State.NEW;
    }
  }

  void loading() {
    state = Transition.State.LOADING;
  }

  void ready(HeldServable loaded) {
    state = Transition.State.READY;
    held = loaded;
    failures = 0;
    failure = "";
  }

  void failed(String message, Instant now, BackOff backOff) {
    state = Transition.State.FAILED;
    failures++;
    failure = message;
    Duration wait = backOff.after(failures);
    retry = failures < backOff.tries() ? now.plus(wait) : Instant.MAX;
  }

  /** Whether another try is to come without a change of its files. */
  boolean isTriedAgain() {
    return state == Transition.State.FAILED && retry.isBefore(Instant.MAX);
  }

  void unloading() {
    state = Transition.State.UNLOADING;
    held.release();
  }

  /** Whether its memory is gone by now. */
  void checkEnded() {
    if (state == Transition.State.UNLOADING && held.isClosed()) {
      state = Transition.State.ENDED;
      held = null;
    }
  }

  /** Why it failed, or what is wrong with it while it is served. */
  private String message() {
    return switch (state) {
      case FAILED -> failure;
      case READY -> held.servable().problem();
      case NEW, LOADING, UNLOADING, ENDED -> "";
    };
  }

  VersionStatus status() {
    VersionStatus.State told =
        switch (state) {
          case NEW -> VersionStatus.State.START;
          case LOADING -> VersionStatus.State.LOADING;
          case READY -> VersionStatus.State.AVAILABLE;
          case UNLOADING -> VersionStatus.State.UNLOADING;
          case ENDED, FAILED -> VersionStatus.State.END;
        };
    return new VersionStatus(
        folder.version(),
        told,
        state == Transition.State.FAILED ? StatusCode.UNKNOWN : StatusCode.OK,
        message());
  }
}

package org.mtl4j.cli;

/** The mtl command. */
public final class Main {
  private Main() {}

  /** Prints what it was given. */
  public static void main(String[] args) {
    System.out.println("mtl " + String.join("|", args) + " " + System.getProperty("user.dir"));
  }
}

package com.example.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A shop that trains a multi-task model and recommends with it. */
@SpringBootApplication
public class ShopApplication {
  /** Starts the server. */
  public static void main(String[] args) {
    allowNativeMemory();
    SpringApplication.run(ShopApplication.class, args);
  }

  /**
   * Takes JavaCPP's limit off, before TensorFlow is first touched: tensors live outside the heap,
   * and JavaCPP refuses memory once the process passes four times the heap.
   */
  private static void allowNativeMemory() {
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
  }
}

/** Classifying and regressing: rows as tf.Examples in, scored classes or numbers out. */
package org.mtl4j.server.example;

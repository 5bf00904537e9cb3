/** A shared bottom and towers whose units are masked by who the user is. */
package org.mtl4j.models.poso;

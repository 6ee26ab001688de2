/** The version of Meson whose language kaon speaks. */
export const mesonVersion = '1.12.1';
